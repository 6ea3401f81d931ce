import type { EditorValues } from "./editor-values";

/** Writes what stands in the editor as plain text, for the clipboard. */
export function textOf(values: EditorValues, currency: string): string {
  const lines = values.line_items.map(
    (item) => `${item.description}: ${item.quantity} × ${item.unit_price} ${currency}, tax ${item.tax_rate} %${item.optional ? ", optional" : ""}`,
  );
  return [values.title, values.summary, lines.join("\n"), `Valid until ${values.valid_until}`, values.terms].filter(Boolean).join("\n\n");
}
