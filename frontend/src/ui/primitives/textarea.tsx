import type { Ref, TextareaHTMLAttributes } from "react";
import { cx } from "@/ui/class-names";
import { CONTROL } from "./control-style";
import { useField } from "./field";

export interface TextareaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref?: Ref<HTMLTextAreaElement>;
}

/** Takes several lines and grows with them where the browser can, up to a screen; then it scrolls. */
export function Textarea({ className, rows = 4, ...rest }: TextareaProps) {
  return <textarea {...useField()} rows={rows} className={cx(CONTROL, "field-sizing-content max-h-[28rem] resize-y py-2", className)} {...rest} />;
}
