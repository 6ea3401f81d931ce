import { useMemo } from "react";
import type { UseFormReturn } from "react-hook-form";
import { useSchemaForm } from "@/lib/form";
import { editorSchema, type EditorValues } from "./editor-values";

export type EditorForm = UseFormReturn<EditorValues, unknown, EditorValues>;

/** Makes the form in which a proposal is written; what it begins with is read once. */
export function useEditorForm(values: EditorValues, currency: string): EditorForm {
  return useSchemaForm(useMemo(() => editorSchema(currency), [currency]), values);
}

/** Measures what is typed against other values, so that it counts as a change of those. */
export function rebase(form: EditorForm, values: EditorValues): void {
  const typed = form.getValues();
  form.reset(values);
  form.reset(typed, { keepDefaultValues: true });
}
