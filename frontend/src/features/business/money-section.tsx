import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import type { BusinessOut } from "@/api/generated";
import { zBusinessEdit } from "@/api/schemas/business/zod.gen";
import { field, useSchemaForm } from "@/lib/form";
import { SettingsForm } from "@/lib/settings-form";
import { Combobox } from "@/ui/primitives/combobox";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Textarea } from "@/ui/primitives/textarea";
import { BankForm } from "./bank-form";
import { currencies } from "./choices";
import { useSaveBusiness } from "./save";
import { TaxRatesCard } from "./tax-rates-card";
import { prices } from "./texts";

const { shape } = zBusinessEdit;
const schema = z.object({
  currency: field(shape.currency, { missing: prices.currency.missing }),
  tax_name: field(shape.tax_name, { missing: prices.taxName.missing }),
  days_to_pay: field(shape.days_to_pay, { missing: prices.daysToPay.missing, invalid: prices.daysToPay.invalid, read: Number }),
  default_terms: field(shape.default_terms),
});
const CURRENCIES = currencies();

/** Edits what prices are in, the tax on them, and how clients pay. */
export function MoneySection({ business }: { business: BusinessOut }) {
  return (
    <>
      <PricesForm business={business} />
      <TaxRatesCard business={business} />
      <BankForm business={business} />
    </>
  );
}

function PricesForm({ business }: { business: BusinessOut }) {
  const saved = { currency: business.currency, tax_name: business.tax_name, days_to_pay: String(business.days_to_pay), default_terms: business.default_terms };
  const form = useSchemaForm(schema, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  const currency = useWatch({ control: form.control, name: "currency" });
  return (
    <SettingsForm
      title={prices.title}
      keptAs="business.prices"
      form={form}
      saved={saved}
      revision={business.revision}
      done={prices.saved}
      onSave={(values, revision) => save({ ...values, days_to_pay: Number(values.days_to_pay) }, revision)}
    >
      <Field label={prices.currency.label} hint={prices.currency.hint} error={errors.currency?.message}>
        <Combobox options={CURRENCIES} value={currency} onChange={(code) => form.setValue("currency", code ?? "", { shouldDirty: true })} />
      </Field>
      <div className="grid grid-cols-2 gap-5 max-sm:grid-cols-1">
        <Field label={prices.taxName.label} hint={prices.taxName.hint} error={errors.tax_name?.message}>
          <Input {...form.register("tax_name")} />
        </Field>
        <Field label={prices.daysToPay.label} hint={prices.daysToPay.hint} error={errors.days_to_pay?.message}>
          <Input inputMode="numeric" isNumeric {...form.register("days_to_pay")} />
        </Field>
      </div>
      <Field label={prices.terms.label} isOptional hint={prices.terms.hint} error={errors.default_terms?.message}>
        <Textarea rows={4} {...form.register("default_terms")} />
      </Field>
    </SettingsForm>
  );
}
