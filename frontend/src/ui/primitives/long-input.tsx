import type { KeyboardEvent, SyntheticEvent } from "react";
import { cx } from "@/ui/class-names";
import { CONTROL } from "./control-style";
import { useField } from "./field";
import type { TextareaProps } from "./textarea";

/** Takes one line of text that is often longer than its field: it grows so that all of it is read, and Enter submits as in any other field. */
export function LongInput(props: Omit<TextareaProps, "rows" | "className" | "onInput" | "onKeyDown">) {
  return <textarea {...useField()} {...props} rows={1} className={cx(CONTROL, "field-sizing-content block resize-none py-[0.3125rem]")} onInput={joinLines} onKeyDown={submitByEnter} />;
}

/** A text that is pasted may bring line breaks, which the server refuses. */
function joinLines({ currentTarget: field }: SyntheticEvent<HTMLTextAreaElement>) {
  if (/[\r\n]/.test(field.value)) field.value = field.value.replaceAll(/\s*[\r\n]+\s*/g, " ");
}

function submitByEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
  // Enter that ends a composition (Japanese, Chinese) chooses a word.
  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
