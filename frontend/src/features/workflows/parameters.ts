import type { InspectionOut, NewTemplate, ParameterType } from "@/api/generated";

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

const KEY_MAX = 40;

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
      label: `${slot.node} · credential`,
      type: "TEXT" as const,
      preview: `${slot.type}: its id in the target n8n`,
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
  const words = label.toLowerCase().normalize("NFKD").replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^[^a-z]+|_+$/g, "");
  const base = (words || "value").slice(-KEY_MAX).replace(/^[^a-z]+/, "") || "value";
  if (!taken.has(base)) return base;
  for (let count = 2; ; count += 1) {
    const key = `${base.slice(0, KEY_MAX - 4)}_${count}`;
    if (!taken.has(key)) return key;
  }
}
