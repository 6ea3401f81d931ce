import { useWatch } from "react-hook-form";
import { formatDecimal } from "@/ui/patterns/formats";
import { cx } from "@/ui/class-names";
import type { EditorForm } from "./editor-form";
import { textLength } from "./texts/editor";

/** How many characters the server takes in all; a test of the server holds the two together. */
export const TEXT_MAX = 50_000;

/** Counts what people read of a proposal while it is written: all its text has one limit. */
export function TextLength({ form }: { form: EditorForm }) {
  const [title, summary, terms, items] = useWatch({ control: form.control, name: ["title", "summary", "terms", "line_items"] });
  // By characters, as the server counts: an emoji is one.
  const length = [title, summary, terms, ...items.map(({ description }) => description)].reduce((sum, text) => sum + Array.from(text).length, 0);
  const isTooLong = length > TEXT_MAX;
  return (
    <p aria-live={isTooLong ? "polite" : "off"} className={cx("px-1 text-sm tabular", isTooLong ? "text-bad" : "text-ink-3")}>
      {(isTooLong ? textLength.tooLong : textLength.of)(formatDecimal(String(length)), formatDecimal(String(TEXT_MAX)))}
    </p>
  );
}
