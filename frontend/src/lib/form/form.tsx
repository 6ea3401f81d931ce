import { useState, type ReactNode } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { ApiError } from "@/lib/problem";
import { Copyable } from "@/ui/primitives/copyable";
import { Notice } from "@/ui/primitives/notice";
import { applyServerErrors } from "./server-errors";
import { trouble as texts } from "./texts";

export interface FormProps<Values extends FieldValues, Output> {
  form: UseFormReturn<Values, unknown, Output>;
  onSubmit: (values: Output) => Promise<void>;
  children: ReactNode;
  /** Where a field of the body has another name in the form. */
  names?: Record<string, FieldPath<Values>>;
  id?: string;
  className?: string;
  /** Around what went wrong, where the form has no room of its own at its edges. */
  troubleClassName?: string;
}

interface Trouble {
  sentences: string[];
  requestId: string | undefined;
}

/** Sends a form, and brings the server's refusals back to the fields they speak of. What was typed is kept. */
export function Form<Values extends FieldValues, Output>({ form, onSubmit, children, names, id, className, troubleClassName }: FormProps<Values, Output>) {
  const [trouble, setTrouble] = useState<Trouble>();

  async function submit(values: Output) {
    setTrouble(undefined);
    try {
      await onSubmit(values);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Who was asked for the password and went back knows it; what was typed is there, unsaved.
      if (error.slug === "auth/confirmation-required") return;
      const sentences = applyServerErrors(form, error, names);
      if (sentences.length > 0) setTrouble({ sentences, requestId: error.status >= 500 ? error.requestId : undefined });
    }
  }

  return (
    <form id={id} noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className={className ?? "flex flex-col gap-5"}>
      {trouble && (
        <div className={troubleClassName}>
          <Notice tone="bad" title={trouble.sentences[0]}>
            {trouble.sentences.slice(1).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
            {trouble.requestId && <Copyable value={trouble.requestId} label={texts.requestId} className="mt-1" />}
          </Notice>
        </div>
      )}
      {children}
    </form>
  );
}
