import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import type { BusinessOut } from "@/api/generated";
import { zBusinessEdit, zDateFormat, zNumberFormat } from "@/api/schemas/business/zod.gen";
import { field, useSchemaForm } from "@/lib/form";
import { SettingsForm } from "@/lib/settings-form";
import { moneyExample } from "@/ui/patterns/money-format";
import { dateFormats, numberFormats } from "@/ui/patterns/texts/formats";
import { Combobox } from "@/ui/primitives/combobox";
import { Field } from "@/ui/primitives/field";
import { Select } from "@/ui/primitives/select";
import { zones } from "./choices";
import { useSaveBusiness } from "./save";
import { formats } from "./texts";

const schema = z.object({
  number_format: zNumberFormat,
  date_format: zDateFormat,
  timezone: field(zBusinessEdit.shape.timezone, { missing: formats.timezone.missing }),
});
const ZONES = zones();

/** Edits how figures and days are written, and where days begin. */
export function FormatsSection({ business }: { business: BusinessOut }) {
  const saved = { number_format: business.number_format, date_format: business.date_format, timezone: business.timezone };
  const form = useSchemaForm(schema, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  const [numberFormat, dateFormat, timezone] = useWatch({ control: form.control, name: ["number_format", "date_format", "timezone"] });
  return (
    <SettingsForm title={formats.title} keptAs="business.formats" form={form} saved={saved} revision={business.revision} done={formats.saved} onSave={save}>
      <div className="grid grid-cols-2 gap-5 max-sm:grid-cols-1">
        <Field label={formats.numbers.label} error={errors.number_format?.message}>
          <Select {...form.register("number_format")}>
            {Object.entries(numberFormats).map(([value, example]) => (
              <option key={value} value={value}>
                {example}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={formats.dates.label} error={errors.date_format?.message}>
          <Select {...form.register("date_format")}>
            {Object.entries(dateFormats).map(([value, example]) => (
              <option key={value} value={value}>
                {example}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <p role="status" className="tabular rounded-control bg-sunk px-4 py-3 text-sm text-ink-2">
        {formats.example(moneyExample(numberFormats[numberFormat], business.currency), dateFormats[dateFormat])}
      </p>
      <Field label={formats.timezone.label} hint={formats.timezone.hint} error={errors.timezone?.message}>
        <Combobox options={ZONES} value={timezone} onChange={(zone) => form.setValue("timezone", zone ?? "", { shouldDirty: true })} />
      </Field>
    </SettingsForm>
  );
}
