import * as z from "zod/mini";
import { updateTaxRate, type TaxRateOut } from "@/api/generated";
import { zTaxRateEdit } from "@/api/schemas/business/zod.gen";
import { useCloseGuard } from "@/lib/close-guard";
import { field, Form, useSchemaForm } from "@/lib/form";
import { DateInput } from "@/ui/patterns/date-input";
import { formatRate } from "@/ui/patterns/formats";
import { Button } from "@/ui/primitives/button";
import { Dialog } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { useToast } from "@/ui/primitives/toast";
import { lastDay } from "./texts";

const FORM_ID = "last-day";
const schema = z.object({ valid_until: field(zTaxRateEdit.shape.valid_until) });

/** Says until when a rate of tax counts, or that it has no end. */
export function LastDayDialog({ rate, onClose, onSaved }: { rate: TaxRateOut; onClose: () => void; onSaved: () => Promise<void> }) {
  const form = useSchemaForm(schema, { valid_until: rate.valid_until ?? "" });
  const toast = useToast();
  const { errors, isSubmitting } = form.formState;
  const { close, question } = useCloseGuard(form.formState, onClose);
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      title={lastDay.title(`${rate.name} ${formatRate(rate.rate)}`)}
      description={lastDay.description}
      actions={
        <>
          <Button onClick={close}>{lastDay.cancel}</Button>
          <Button type="submit" form={FORM_ID} variant="primary" isBusy={isSubmitting}>
            {lastDay.save}
          </Button>
        </>
      }
    >
      <Form
        id={FORM_ID}
        form={form}
        onSubmit={async ({ valid_until }) => {
          await updateTaxRate({ path: { rate_id: rate.id }, body: { valid_until: valid_until || null }, throwOnError: true });
          await onSaved();
          onClose();
          toast(lastDay.saved);
        }}
      >
        <Field label={lastDay.label} isOptional hint={lastDay.hint} error={errors.valid_until?.message} className="max-w-56">
          <DateInput {...form.register("valid_until")} value={form.watch("valid_until")} />
        </Field>
      </Form>
      {question}
    </Dialog>
  );
}
