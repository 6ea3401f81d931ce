import { useState } from "react";
import * as z from "zod/mini";
import type { BusinessOut } from "@/api/generated";
import { zBankDetailsBody } from "@/api/schemas/business/zod.gen";
import { field, useSchemaForm } from "@/lib/form";
import { toApiError } from "@/lib/problem";
import { SettingsForm } from "@/lib/settings-form";
import { DangerZone } from "@/ui/patterns/settings-layout";
import { Button } from "@/ui/primitives/button";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Notice } from "@/ui/primitives/notice";
import { Textarea } from "@/ui/primitives/textarea";
import { useToast } from "@/ui/primitives/toast";
import { useSaveBank } from "./save";

const { shape } = zBankDetailsBody;
const schema = z.object({
  account_name: field(shape.account_name, { missing: "Enter the name of the account." }),
  bank_name: field(shape.bank_name),
  number: field(shape.number, { missing: "Enter the account number or IBAN." }),
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
      <SettingsForm title="Bank details" form={form} saved={saved} revision={business.revision} names={FIELDS} done="Bank details saved" verb="Save bank details" onSave={(bank, revision) => save({ bank }, revision)}>
        <p className="text-base text-ink-2">Printed on invoices that have not been paid. You will be asked for your password.</p>
        <Field label="Account name" error={errors.account_name?.message}>
          <Input {...form.register("account_name")} />
        </Field>
        <div className="grid grid-cols-2 gap-5 max-sm:grid-cols-1">
          <Field label="Account number or IBAN" error={errors.number?.message}>
            <Input autoComplete="off" {...form.register("number")} />
          </Field>
          <Field label="Bank" isOptional error={errors.bank_name?.message}>
            <Input {...form.register("bank_name")} />
          </Field>
          <Field label="BIC (SWIFT)" isOptional error={errors.bic?.message}>
            <Input autoComplete="off" {...form.register("bic")} />
          </Field>
          <Field label="Branch code" isOptional error={errors.branch_code?.message}>
            <Input autoComplete="off" {...form.register("branch_code")} />
          </Field>
        </div>
        <Field label="Further lines" isOptional hint="For example, what to write as the reference." error={errors.note?.message}>
          <Textarea rows={2} {...form.register("note")} />
        </Field>
      </SettingsForm>
      {business.bank && <RemoveBank revision={business.revision} />}
    </>
  );
}

function RemoveBank({ revision }: { revision: number }) {
  const [isOpen, setOpen] = useState(false);
  const [complaint, setComplaint] = useState<string>();
  const save = useSaveBank();
  const toast = useToast();
  async function remove() {
    setOpen(false);
    setComplaint(undefined);
    try {
      await save({ bank: null }, revision);
      toast("Bank details removed");
    } catch (error) {
      setComplaint(toApiError(error).detail);
    }
  }
  return (
    <>
      {complaint && <Notice tone="bad" title={complaint} />}
      <DangerZone
        title="Remove the bank details"
        action={
          <Button variant="danger" onClick={() => setOpen(true)}>
            Remove bank details
          </Button>
        }
      >
        Invoices will no longer say where to transfer money to.
      </DangerZone>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title="Remove the bank details?"
        description="New invoices will not say where to transfer money to. Those that were issued keep what they say."
        verb="Remove bank details"
        isDestructive
        onConfirm={() => void remove()}
      />
    </>
  );
}
