import { useState, type ReactNode } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { FailureNotice } from "@/lib/failure/failure-notice";
import { ApiError } from "@/lib/problem";
import { cx } from "@/ui/class-names";
import { Notice } from "@/ui/primitives/notice";
import { applyServerErrors } from "./server-errors";

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

/** Sends a form, and brings the server's refusals back to the fields they speak of. What was typed is kept. */
export function Form<Values extends FieldValues, Output>({ form, onSubmit, children, names, id, className, troubleClassName }: FormProps<Values, Output>) {
  const [failure, setFailure] = useState<ApiError>();
  const [complaints, setComplaints] = useState<string[]>([]);
  const { isSubmitting } = form.formState;

  async function submit(values: Output) {
    setFailure(undefined);
    setComplaints([]);
    try {
      await onSubmit(values);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Who was asked for the password and went back knows it; what was typed is there, unsaved.
      if (error.slug === "auth/confirmation-required") return;
      if (error.fields.length > 0) setComplaints(applyServerErrors(form, error, names));
      else setFailure(error);
    }
  }

  return (
    <form id={id} noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)} className={className ?? "flex flex-col gap-5"}>
      <div className={cx("empty:hidden", troubleClassName)}>
        <FailureNotice of={{ isPending: isSubmitting, error: failure }} />
        {complaints.length > 0 && (
          <Notice tone="bad" title={complaints[0]}>
            {complaints.slice(1).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </Notice>
        )}
      </div>
      {children}
    </form>
  );
}
