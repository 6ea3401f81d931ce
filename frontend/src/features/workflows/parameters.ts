import * as z from "zod/mini";
import type { core } from "zod/mini";
import type { InspectionOut, NewTemplate, ParameterType } from "@/api/generated";
import { zParameterBody } from "@/api/schemas/workflows/zod.gen";
import { templateImport as texts } from "./texts/admin";

type Parameter = NonNullable<NewTemplate["parameters"]>[number];

/** A place in a workflow file that can be made a parameter. */
export interface Candidate {
  pointer: string;
  label: string;
  type: ParameterType;
  preview: string;
  preset: string | number | boolean | null;
  /** What looks like a secret should not stay in the stored file. */
  isSecret: boolean;
}

/** Gives the plain values of a file and the credentials that its nodes need. */
export function candidatesOf(inspection: InspectionOut): Candidate[] {
  return [
    ...inspection.values.map((value) => ({
      pointer: value.pointer,
      label: value.label,
      type: value.type,
      preview: String(value.value),
      preset: value.type === "SECRET" ? null : value.value,
      isSecret: value.type === "SECRET",
    })),
    ...inspection.credentials.map((slot) => ({
      pointer: slot.pointer,
      label: texts.credential(slot.node),
      type: "TEXT" as const,
      preview: texts.credentialHint(slot.type),
      preset: null,
      isSecret: false,
    })),
  ];
}

/** Gives the parameter of a ticked value, with a key that no other has. */
export function toParameter(candidate: Candidate, label: string, taken: Set<string>): Parameter {
  const key = freeKey(label, taken);
  taken.add(key);
  return { key, label, type: candidate.type, required: candidate.preset === null, default: candidate.preset, pointer: candidate.pointer };
}

function freeKey(label: string, taken: ReadonlySet<string>): string {
  const words = label.toLowerCase().normalize("NFKD").replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^_+|_+$/g, "");
  const base = ending(words) || "value";
  if (!taken.has(base)) return base;
  for (let count = 2; ; count += 1) {
    const key = ending(`${base}_${count}`);
    if (!taken.has(key)) return key;
  }
}

/** Gives the label that is offered for a value: its name, as far as the server takes it. */
export function offeredLabel(candidate: Candidate): string {
  return shortened(candidate.label, zParameterBody.shape.label, (label) => label.slice(0, -1));
}

/** Gives the longest end of a text that can be a key: an end tells more than a beginning. */
function ending(text: string): string {
  return shortened(text, zParameterBody.shape.key, (key) => key.slice(1));
}

function shortened(text: string, schema: core.$ZodType, shorten: (text: string) => string): string {
  let short = text;
  while (short !== "" && !z.safeParse(schema, short).success) short = shorten(short);
  return short;
}
