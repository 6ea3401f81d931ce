import { useEffect } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";

/** Puts the focus into the first field of a page that is nothing but a form. */
export function useFirstFocus<Values extends FieldValues, Output>(form: UseFormReturn<Values, unknown, Output>, name: FieldPath<Values>): void {
  const { setFocus } = form;
  useEffect(() => setFocus(name), [setFocus, name]);
}
