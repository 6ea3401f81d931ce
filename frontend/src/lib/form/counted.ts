import * as z from "zod/mini";
import type { core } from "zod/mini";
import { formatParts } from "@/ui/patterns/formats";
import { fields as texts } from "./texts";

/** Judges how many a list holds by the schema that the server's document gives for it; its members are judged elsewhere. */
export function counted<Item>(schema: core.$ZodType, { missing, noun }: { missing: string; noun: string }) {
  function complaintAbout(items: unknown): string | undefined {
    const issue = z.safeParse(schema, items).error?.issues.find(({ path }) => path.length === 0);
    if (!issue) return undefined;
    return issue.code === "too_big" ? texts.tooMany(formatParts(Number(issue.maximum), 0), noun) : missing;
  }
  return z.refine<Item[]>((items) => complaintAbout(items) === undefined, { error: ({ input }) => complaintAbout(input) ?? missing });
}
