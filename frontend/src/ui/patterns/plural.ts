import { formatParts } from "./formats";

/** The forms of a word that a language tells apart; `#` is where the count is written. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const RULES = new Intl.PluralRules("en");

/** Writes a count with its noun: `plural(1, { one: "# project", other: "# projects" })` is "1 project". `zero` is said of 0 in any language. */
export function plural(count: number, forms: PluralForms): string {
  const form = (count === 0 ? forms.zero : undefined) ?? forms[RULES.select(count)] ?? forms.other;
  return form.replaceAll("#", formatParts(count, 0));
}
