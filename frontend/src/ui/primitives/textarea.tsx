import type { KeyboardEvent, Ref, TextareaHTMLAttributes } from "react";
import { cx } from "@/ui/class-names";
import { CONTROL } from "./control-style";
import { useField } from "./field";

export interface TextareaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref?: Ref<HTMLTextAreaElement>;
}

/**
 * Takes several lines and grows with them where the browser can, up to a screen; then it scrolls. A field that is as high as its
 * content overrules `rows`, so these stand in its least height, with padding and border.
 */
export function Textarea({ className, rows = 4, ...rest }: TextareaProps) {
  return (
    <textarea
      {...useField()}
      rows={rows}
      style={{ minHeight: `calc(${String(rows)}lh + 1rem + 2px)` }}
      className={cx(CONTROL, "field-sizing-content max-h-[28rem] resize-y py-2", className)}
      onKeyUp={showWhole}
      {...rest}
    />
  );
}

/** Brings all of it between head and bar when Tab led here: by itself a browser shows no more than the caret. */
function showWhole({ key, currentTarget }: KeyboardEvent) {
  if (key === "Tab") currentTarget.scrollIntoView({ block: "nearest" });
}
