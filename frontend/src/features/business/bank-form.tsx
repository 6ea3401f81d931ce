import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import type { BusinessOut } from "@/api/generated";
import { zBankDetailsBody } from "@/api/schemas/business/zod.gen";
import { FailureNotice } from "@/lib/failure/failure-notice";
import { field, useSchemaForm } from "@/lib/form";
import { SettingsForm } from "@/lib/settings-form";
import { DangerZone } from "@/ui/patterns/settings-layout";
import { Button } from "@/ui/primitives/button";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Textarea } from "@/ui/primitives/textarea";
import { useToast } from "@/ui/primitives/toast";
import { useSaveBank } from "./save";
import { bank as texts } from "./texts";

const { shape } = zBankDetailsBody;
const schema = z.object({
  account_name: field(shape.account_name, { missing: texts.accountName.missing }),
  bank_name: field(shape.bank_name),
  number: field(shape.number, { missing: texts.number.missing }),
  bic: field(shape.bic),
  branch_code: field(shape.branch_code),
  note: field(shape.note),
});
const NONE = { account_name: "", bank_name: "", number: "", bic: "", branch_code: "", note: "" };
/** A field of a refusal as the form has it. */
const FIELDS = { "bank.account_name": "account_name", "bank.bank_name": "bank_name", "bank.number": "number", "bank.bic": "bic", "bank.branch_code": "branch_code", "bank.note": "note" } as const;

/** Edits where clients transfer money to. The server asks for the password before it changes them. */
export function BankForm({ business }: { business: BusinessOut }) {
  const saved = { ...NONE, ...business.bank };
  const form = useSchemaForm(schema, saved);
  const save = useSaveBank();
  const { errors } = form.formState;
  return (
    <>
      <SettingsForm title={texts.title} form={form} saved={saved} revision={business.revision} names={FIELDS} done={texts.saved} verb={texts.save} onSave={(bank, revision) => save({ bank }, revision)}>
        <p className="text-base text-ink-2">{texts.introduction}</p>
        <Field label={texts.accountName.label} error={errors.account_name?.message}>
          <Input {...form.register("account_name")} />
        </Field>
        <div className="grid grid-cols-2 gap-5 max-sm:grid-cols-1">
          <Field label={texts.number.label} error={errors.number?.message}>
            <Input autoComplete="off" {...form.register("number")} />
          </Field>
          <Field label={texts.bankName.label} isOptional error={errors.bank_name?.message}>
            <Input {...form.register("bank_name")} />
          </Field>
          <Field label={texts.bic.label} isOptional error={errors.bic?.message}>
            <Input autoComplete="off" {...form.register("bic")} />
          </Field>
          <Field label={texts.branchCode.label} isOptional error={errors.branch_code?.message}>
            <Input autoComplete="off" {...form.register("branch_code")} />
          </Field>
        </div>
        <Field label={texts.note.label} isOptional hint={texts.note.hint} error={errors.note?.message}>
          <Textarea rows={2} {...form.register("note")} />
        </Field>
      </SettingsForm>
      {business.bank && <RemoveBank revision={business.revision} />}
    </>
  );
}

function RemoveBank({ revision }: { revision: number }) {
  const [isOpen, setOpen] = useState(false);
  const save = useSaveBank();
  const toast = useToast();
  const remove = useMutation({ mutationFn: () => save({ bank: null }, revision), onSuccess: () => toast(texts.remove.done) });
  return (
    <>
      <FailureNotice of={remove} />
      <DangerZone
        title={texts.remove.title}
        action={
          <Button variant="danger" isBusy={remove.isPending} onClick={() => setOpen(true)}>
            {texts.remove.verb}
          </Button>
        }
      >
        {texts.remove.hint}
      </DangerZone>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        {...texts.remove.confirm}
        verb={texts.remove.verb}
        isDestructive
        onConfirm={() => {
          setOpen(false);
          remove.mutate();
        }}
      />
    </>
  );
}
