import * as z from "zod/mini";
import type { core } from "zod/mini";

const WHOLE = new Intl.NumberFormat("en");

export interface FieldWords {
  /** What to say of an empty field. Without it, the field may be left empty. */
  missing?: string;
  /** What to say of the wrong shape. */
  invalid?: string;
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
export function field(schema: core.$ZodType, { missing, invalid = "Check what you entered.", tooLarge, read = (text) => text, isExact = false }: FieldWords = {}) {
  function complaintAbout(text: string): string | undefined {
    if (text === "") return missing;
    const issue = z.safeParse(schema, read(text)).error?.issues[0];
    return issue && wordsFor(issue, invalid, tooLarge);
  }
  const judged = z.refine<string>((text) => complaintAbout(text) === undefined, { error: ({ input }) => complaintAbout(String(input)) ?? invalid });
  return isExact ? z.string().check(judged) : z.string().check(z.trim(), judged);
}

function wordsFor(issue: core.$ZodIssue, invalid: string, tooLarge: FieldWords["tooLarge"]): string {
  if (issue.code === "too_big") {
    if (issue.origin === "string") return `Keep it to ${WHOLE.format(Number(issue.maximum))} characters.`;
    return tooLarge?.(Number(issue.maximum)) ?? `Enter ${WHOLE.format(Number(issue.maximum))} or less.`;
  }
  if (issue.code === "too_small") {
    return issue.origin === "string" ? `Enter at least ${WHOLE.format(Number(issue.minimum))} characters.` : `Enter ${WHOLE.format(Number(issue.minimum))} or more.`;
  }
  return invalid;
}
