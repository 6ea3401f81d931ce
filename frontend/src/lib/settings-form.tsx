import { useEffect, useRef, type ReactNode } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { Form } from "@/lib/form";
import { UnsavedGuard } from "@/lib/form/unsaved-guard";
import { Card } from "@/ui/patterns/card";
import { Button } from "@/ui/primitives/button";
import { useToast } from "@/ui/primitives/toast";
import { settings as texts } from "./texts/settings";

export interface SettingsFormProps<Values extends FieldValues, Output> {
  title: string;
  form: UseFormReturn<Values, unknown, Output>;
  /** What the server has now, and the revision of what it belongs to, if that has any. */
  saved: Values;
  revision?: number;
  /** Saves what was edited on that revision. */
  onSave: (values: Output, revision: number) => Promise<void>;
  names?: Record<string, FieldPath<Values>>;
  /** What the button does, where "Save changes" does not say it. */
  verb?: string;
  /** What is told when it is done. */
  done?: string;
  children: ReactNode;
}

/**
 * Edits one part of the settings with a Save of its own.
 * What others change meanwhile appears while nothing is typed here; it is refused as stale only if it was this part.
 */
export function SettingsForm<Values extends FieldValues, Output>({ title, form, saved, revision = 0, onSave, names, verb = texts.save, done = texts.saved, children }: SettingsFormProps<Values, Output>) {
  const toast = useToast();
  const { isDirty, isSubmitting } = form.formState;
  const base = useFreshBase(form, saved, revision, isDirty);
  return (
    <Card title={title} heading="h3" isFlush>
      <Form
        form={form}
        {...(names ? { names } : {})}
        className="flex flex-col"
        onSubmit={async (values) => {
          const asPressed = JSON.stringify(form.getValues());
          await onSave(values, base.current.revision);
          // What was typed while the save was under way stays, and is not saved.
          if (JSON.stringify(form.getValues()) === asPressed) form.reset(form.getValues());
          toast(done);
        }}
      >
        <div className="flex flex-col gap-5 p-5 max-sm:p-4">{children}</div>
        <div className="flex items-center justify-end gap-3 border-t border-line px-5 py-3 max-sm:px-4">
          {isDirty && <span className="text-sm text-ink-3">{texts.unsaved}</span>}
          <Button type="submit" variant="primary" isBusy={isSubmitting} className="max-sm:flex-1">
            {verb}
          </Button>
        </div>
      </Form>
      <UnsavedGuard isDirty={isDirty && !isSubmitting} />
    </Card>
  );
}

/** Follows what the server has: the revision moves on with it as long as this part is as it was when typing began. */
function useFreshBase<Values extends FieldValues, Output>(form: UseFormReturn<Values, unknown, Output>, saved: Values, revision: number, isDirty: boolean) {
  const text = JSON.stringify(saved);
  const base = useRef({ text, revision });
  useEffect(() => {
    const isSame = text === base.current.text;
    if (!isSame && isDirty) return;
    if (!isSame) form.reset(JSON.parse(text) as Values);
    base.current = { text, revision };
  }, [form, text, revision, isDirty]);
  return base;
}
