import type { EditorValues } from "./editor-values";
import { plainText } from "./texts/editor";

/** Writes what stands in the editor as plain text, for the clipboard. */
export function textOf(values: EditorValues, currency: string): string {
  const lines = values.line_items.map(({ description, quantity, unit_price, tax_rate, optional }) =>
    (optional ? plainText.optionalLine : plainText.line)(description, quantity, `${unit_price} ${currency}`, tax_rate),
  );
  return [values.title, values.summary, lines.join("\n"), plainText.validUntil(values.valid_until), values.terms].filter(Boolean).join("\n\n");
}
