import { useRef, useState, type ReactNode } from "react";
import { Form } from "@/lib/form";
import { UnsavedGuard } from "@/lib/form/unsaved-guard";
import { SendIcon } from "@/ui/icon";
import { Card } from "@/ui/patterns/card";
import { DateInput } from "@/ui/patterns/date-input";
import { PageHeader, type PageHeaderProps } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { WithAside } from "@/ui/patterns/with-aside";
import { Button } from "@/ui/primitives/button";
import { Checkbox } from "@/ui/primitives/checkbox";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Textarea } from "@/ui/primitives/textarea";
import { useToast } from "@/ui/primitives/toast";
import { rebase, type EditorForm } from "./editor-form";
import type { EditorValues } from "./editor-values";
import { LineItemsEditor } from "./line-items-editor";
import { TextLength } from "./text-length";
import { editor } from "./texts/editor";
import { TotalsCard } from "./totals-card";

const FORM_ID = "proposal";

export interface ProposalEditorProps {
  header: Omit<PageHeaderProps, "actions">;
  form: EditorForm;
  /** What happened to the draft meanwhile. */
  notice?: ReactNode;
  /** Keeps what is typed in sight, though it can no longer be saved. */
  isLocked?: boolean;
  /** What all its prices are in. */
  currency: string;
  /** Saves; says false when there is a question to answer first. */
  onSave: (values: EditorValues) => Promise<boolean>;
  /** Follows a save after which nothing typed is unsaved; tells whether it was meant for sending. */
  onSaved: (isMeantForSending: boolean) => void;
  recipient: string;
  /** What the business calls its tax, and the rate that new lines start with, if there is one. */
  taxName: string;
  taxRate: string | null;
}

/** Writes a proposal: what, for how much, until when, on which terms. */
export function ProposalEditor({ header, form, notice, isLocked = false, currency, onSave, onSaved, recipient, taxName, taxRate }: ProposalEditorProps) {
  const [isSending, setSending] = useState(false);
  // A click by a script submits before the page is drawn again: what was meant must not wait for that.
  const isMeantForSending = useRef(false);
  const mean = (sending: boolean) => {
    isMeantForSending.current = sending;
    setSending(sending);
  };
  const question = useRef<HTMLDivElement>(null);
  const { errors, isSubmitting, isDirty } = form.formState;
  const toast = useToast();
  return (
    <Page>
      <PageHeader
        {...header}
        actions={
          !isLocked && (
            <>
              <Button type="submit" form={FORM_ID} isBusy={isSubmitting && !isSending} onClick={() => mean(false)}>
                {editor.save}
              </Button>
              <Button type="submit" form={FORM_ID} variant="primary" icon={SendIcon} isBusy={isSubmitting && isSending} onClick={() => mean(true)}>
                {editor.send}
              </Button>
            </>
          )
        }
      />
      <div ref={question} tabIndex={-1} className="flex scroll-mt-20 flex-col gap-6 rounded-card outline-offset-4 outline-accent empty:hidden focus:outline-2 max-sm:gap-4">
        {notice}
      </div>
      <WithAside
        isSticky
        aside={
          <>
            <TotalsCard form={form} currency={currency} taxName={taxName} />
            <p className="px-1 text-sm text-ink-3">{editor.sendingHint(recipient)}</p>
            <TextLength form={form} />
          </>
        }
      >
        <Form
          id={FORM_ID}
          form={form}
          className="flex min-w-0 flex-col gap-4"
          onSubmit={async (sent) => {
            const asPressed = JSON.stringify(form.getValues());
            if (!(await onSave(sent))) {
              // Else the press would seem to have done nothing: the question may be out of sight.
              question.current?.focus();
              return;
            }
            // What was typed while the save was under way stays, is not saved, and is not sent either.
            const isTypedOn = JSON.stringify(form.getValues()) !== asPressed;
            // Whoever goes on to send is told once, of that.
            if (isTypedOn || !isMeantForSending.current) toast(editor.saved);
            if (isTypedOn) {
              rebase(form, sent);
              return;
            }
            form.reset(sent);
            onSaved(isMeantForSending.current);
          }}
        >
          <Card title={editor.overview.title}>
            <div className="flex flex-col gap-5">
              <Field label={editor.overview.name.label} error={errors.title?.message}>
                <Input {...form.register("title")} />
              </Field>
              <Field label={editor.overview.summary.label} isOptional hint={editor.overview.summary.hint} error={errors.summary?.message}>
                <Textarea rows={3} {...form.register("summary")} />
              </Field>
            </div>
          </Card>
          <Card title={editor.lineItems}>
            <div className="flex flex-col gap-4">
              <LineItemsEditor form={form} currency={currency} taxName={taxName} taxRate={taxRate} />
              <Checkbox label={editor.pricesInclude(taxName)} {...form.register("tax_inclusive")} />
            </div>
          </Card>
          <Card title={editor.closing.title}>
            <div className="flex flex-col gap-5">
              <Field label={editor.closing.validUntil.label} hint={editor.closing.validUntil.hint} error={errors.valid_until?.message} className="max-w-56">
                <DateInput {...form.register("valid_until")} value={form.watch("valid_until")} />
              </Field>
              <Field label={editor.closing.terms.label} isOptional error={errors.terms?.message}>
                <Textarea rows={5} {...form.register("terms")} />
              </Field>
            </div>
          </Card>
        </Form>
      </WithAside>
      <UnsavedGuard isDirty={isDirty} isSaving={isSubmitting} />
    </Page>
  );
}
