import * as z from "zod/mini";
import type { core } from "zod/mini";
import { formatParts } from "@/ui/patterns/formats";
import { fields as texts } from "./texts";

export interface FieldWords {
  /** What to say of an empty field. Without it, the field may be left empty. */
  missing?: string;
  /** What to say of the wrong shape; of the text, where it may be wrong in several ways. */
  invalid?: string | ((text: string) => string);
  /** The shape where the server's schema tells only a length; it is judged before the length. */
  pattern?: RegExp;
  /** What to say of a number that is too large. */
  tooLarge?: (maximum: number) => string;
  /** Makes of the text what the server takes; by default the text itself. */
  read?: (text: string) => unknown;
  /** Keeps blanks at both ends: a password may have them. */
  isExact?: boolean;
}

/**
 * Makes the schema of a text field from the one that the server's document gives: its limits, in our words.
 * What is typed stays text; `read` only says what to judge.
 */
export function field(schema: core.$ZodType, { missing, invalid = texts.invalid, pattern, tooLarge, read = (text) => text, isExact = false }: FieldWords = {}) {
  const wordsOf = (text: string) => (typeof invalid === "string" ? invalid : invalid(text));

  function complaintAbout(text: string): string | undefined {
    if (text === "") return missing;
    if (pattern && !pattern.test(text)) return wordsOf(text);
    const issues = z.safeParse(schema, read(text)).error?.issues ?? [];
    // More letters do not mend the wrong shape, so that the shape is named before the length.
    const issue = issues.find(({ code }) => code === "invalid_format") ?? strictest(issues);
    return issue && wordsFor(issue, wordsOf(text), tooLarge);
  }
  const judged = z.refine<string>((text) => complaintAbout(text) === undefined, { error: ({ input }) => complaintAbout(String(input)) ?? wordsOf(String(input)) });
  return isExact ? z.string().check(judged) : z.string().check(z.trim(), judged);
}

/** Gives what to complain of: of several limits that a number is beyond, the one that holds. */
function strictest(issues: readonly core.$ZodIssue[]): core.$ZodIssue | undefined {
  // An integer beyond what a number holds exactly is refused for that first, and then for the schema's own maximum.
  const limits = issues.filter((issue) => issue.code === "too_big");
  return limits.length === issues.length ? limits.toSorted((one, other) => Number(one.maximum) - Number(other.maximum))[0] : issues[0];
}

function wordsFor(issue: core.$ZodIssue, invalid: string, tooLarge: FieldWords["tooLarge"]): string {
  if (issue.code === "too_big") {
    if (issue.origin === "string") return texts.tooLong(written(issue.maximum));
    return tooLarge?.(Number(issue.maximum)) ?? texts.tooLarge(written(issue.maximum));
  }
  if (issue.code === "too_small") {
    return issue.origin === "string" ? texts.tooShort(written(issue.minimum)) : texts.tooSmall(written(issue.minimum));
  }
  return invalid;
}

/** Writes a limit that is a whole number, as all limits of the server's are. */
function written(limit: number | bigint): string {
  return formatParts(Number(limit), 0);
}
