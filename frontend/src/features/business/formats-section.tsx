import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import type { BusinessOut } from "@/api/generated";
import { zBusinessEdit, zDateFormat, zNumberFormat } from "@/api/schemas/business/zod.gen";
import { field, useSchemaForm } from "@/lib/form";
import { SettingsForm } from "@/lib/settings-form";
import { Combobox } from "@/ui/primitives/combobox";
import { Field } from "@/ui/primitives/field";
import { Select } from "@/ui/primitives/select";
import { zones } from "./choices";
import { useSaveBusiness } from "./save";

const NUMBERS = {
  COMMA_POINT: "1,234.56",
  POINT_COMMA: "1.234,56",
  SPACE_COMMA: "1 234,56",
  SPACE_POINT: "1 234.56",
  APOSTROPHE_POINT: "1’234.56",
} as const;
const DATES = {
  DAY_MONTH_YEAR: "21 November 2026",
  MONTH_DAY_YEAR: "November 21, 2026",
  DAY_MONTH_YEAR_DASHES: "21-11-2026",
  DAY_MONTH_YEAR_SLASHES: "21/11/2026",
  DAY_MONTH_YEAR_POINTS: "21.11.2026",
  YEAR_MONTH_DAY: "2026-11-21",
} as const;
const schema = z.object({
  number_format: zNumberFormat,
  date_format: zDateFormat,
  timezone: field(zBusinessEdit.shape.timezone, { missing: "Choose a time zone." }),
});
const ZONES = zones();

/** Edits how figures and days are written, and where days begin. */
export function FormatsSection({ business }: { business: BusinessOut }) {
  const saved = { number_format: business.number_format, date_format: business.date_format, timezone: business.timezone };
  const form = useSchemaForm(schema, saved);
  const save = useSaveBusiness();
  const { errors } = form.formState;
  const timezone = useWatch({ control: form.control, name: "timezone" });
  return (
    <SettingsForm title="Figures, dates and time" form={form} saved={saved} revision={business.revision} done="Formats saved" onSave={save}>
      <div className="grid grid-cols-2 gap-5 max-sm:grid-cols-1">
        <Field label="Figures" error={errors.number_format?.message}>
          <Select {...form.register("number_format")}>
            {Object.entries(NUMBERS).map(([value, example]) => (
              <option key={value} value={value}>
                {example}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Dates" error={errors.date_format?.message}>
          <Select {...form.register("date_format")}>
            {Object.entries(DATES).map(([value, example]) => (
              <option key={value} value={value}>
                {example}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field label="Time zone" hint="Decides when a day ends, such as the last day of a proposal." error={errors.timezone?.message}>
        <Combobox options={ZONES} value={timezone} onChange={(zone) => form.setValue("timezone", zone ?? "", { shouldDirty: true })} />
      </Field>
    </SettingsForm>
  );
}
