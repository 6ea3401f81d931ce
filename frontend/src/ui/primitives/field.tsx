import { createContext, use, useEffect, useId, useState, type ReactNode } from "react";
import { cx } from "@/ui/class-names";
import { AlertMark } from "@/ui/icon";
import { field as texts } from "./texts";

interface FieldContext {
  id: string;
  describedBy: string | undefined;
  isInvalid: boolean;
  isRequired: boolean;
  complain: (error: string | undefined) => void;
}

const Context = createContext<FieldContext | null>(null);

/** Gives a control the ids and states of the field around it. */
export function useField(): Partial<{ id: string; "aria-describedby": string; "aria-invalid": true; "aria-required": true }> {
  const field = use(Context);
  if (!field) return {};
  return {
    id: field.id,
    ...(field.describedBy ? { "aria-describedby": field.describedBy } : {}),
    ...(field.isInvalid ? { "aria-invalid": true as const } : {}),
    ...(field.isRequired ? { "aria-required": true as const } : {}),
  };
}

/** Shows in the field what only its control knows to be wrong, where the form has no error. */
export function useOwnError(error: string | undefined): void {
  const complain = use(Context)?.complain;
  useEffect(() => complain?.(error), [complain, error]);
}

export interface FieldProps {
  label: ReactNode;
  children: ReactNode;
  hint?: ReactNode;
  /** Replaces the hint and says what to do. */
  error?: string | undefined;
  isOptional?: boolean;
  className?: string;
}

/** Sets a label above, a control, and below it the hint or the error. */
export function Field({ label, children, hint, error: formError, isOptional = false, className }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const [ownError, complain] = useState<string>();
  const error = formError ?? ownError;
  const hasNote = Boolean(error ?? hint);
  return (
    <Context value={{ id, describedBy: hasNote ? noteId : undefined, isInvalid: Boolean(error), isRequired: false, complain }}>
      <div className={cx("flex flex-col gap-1.5", className)}>
        <label htmlFor={id} className="text-base font-medium text-ink">
          {label}
          {isOptional && <span className="font-normal text-ink-3"> {texts.optional}</span>}
        </label>
        {children}
        {/* Said when it appears: a focus that is in the field already doesn't move there, and is not read again. */}
        <div aria-live="polite" className="empty:sr-only">
          {error && (
            <p id={noteId} className="flex items-start gap-1.5 text-sm text-bad">
              <AlertMark aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
              {error}
            </p>
          )}
        </div>
        {hint && !error && (
          <p id={noteId} className="text-sm text-ink-3">
            {hint}
          </p>
        )}
      </div>
    </Context>
  );
}
