import { useEffect, useRef, type ReactNode, type RefObject } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { Form } from "@/lib/form";
import { UnsavedGuard } from "@/lib/form/unsaved-guard";
import { useKeptWork, useWorkFound } from "@/lib/kept-work/use-kept-work";
import { cx } from "@/ui/class-names";
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
  /** What to keep it by when the session ends while it is edited; absent where that must not lie in a browser. */
  keptAs?: string;
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
export function SettingsForm<Values extends FieldValues, Output>({ title, form, saved, revision = 0, onSave, names, keptAs, verb = texts.save, done = texts.saved, children }: SettingsFormProps<Values, Output>) {
  const toast = useToast();
  const { isDirty, isSubmitting } = form.formState;
  const found = useWorkFound<Values, Base>(keptAs);
  const base = useRef(found?.base ?? { text: JSON.stringify(saved), revision });
  const { notice, isPuttingBack } = useKeptWork(form, keptAs, () => base.current);
  useFreshBase(base, form, saved, revision, isDirty || isPuttingBack);
  return (
    <Card title={title} heading="h3" isFlush>
      <Form
        form={form}
        {...(names ? { names } : {})}
        className="flex flex-col"
        troubleClassName="p-5 pb-0 max-sm:p-4 max-sm:pb-0"
        onSubmit={async (values) => {
          const asPressed = JSON.stringify(form.getValues());
          await onSave(values, base.current.revision);
          // What was typed while the save was under way stays, and is not saved.
          if (JSON.stringify(form.getValues()) === asPressed) form.reset(form.getValues());
          toast(done);
        }}
      >
        <div className="flex flex-col gap-5 p-5 max-sm:p-4">
          {notice}
          {children}
        </div>
        {/* What was changed far above is saved from where it was. */}
        <div data-bottom-bar={isDirty || undefined} className={cx("flex items-center justify-end gap-3 rounded-b-card border-t border-line bg-surface px-5 py-3 max-sm:px-4", isDirty && "sticky bottom-0 z-1")}>
          {isDirty && <span className="text-sm text-ink-3">{texts.unsaved}</span>}
          <Button type="submit" variant="primary" isBusy={isSubmitting} className="max-sm:flex-1">
            {verb}
          </Button>
        </div>
      </Form>
      <UnsavedGuard isDirty={isDirty} isSaving={isSubmitting} />
    </Card>
  );
}

/** What the server had when typing began. */
interface Base {
  text: string;
  revision: number;
}

/** Follows what the server has: the revision moves on with it as long as this part is as it was when typing began. */
function useFreshBase<Values extends FieldValues, Output>(baseRef: RefObject<Base>, form: UseFormReturn<Values, unknown, Output>, saved: Values, revision: number, isEdited: boolean) {
  const text = JSON.stringify(saved);
  useEffect(() => {
    const isSame = text === baseRef.current.text;
    if (!isSame && isEdited) return;
    if (!isSame) form.reset(JSON.parse(text) as Values);
    baseRef.current = { text, revision };
  }, [baseRef, form, text, revision, isEdited]);
}
