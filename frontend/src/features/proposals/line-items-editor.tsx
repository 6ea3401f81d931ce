import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useFieldArray, useWatch } from "react-hook-form";
import type { TaxRateOut } from "@/api/generated";
import { PlusIcon, TrashIcon } from "@/ui/icon";
import { decimalInput, formatRate } from "@/ui/patterns/formats";
import { Money } from "@/ui/patterns/money";
import { moneyInput } from "@/ui/patterns/money-format";
import { Button, IconButton } from "@/ui/primitives/button";
import { Checkbox } from "@/ui/primitives/checkbox";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { LongInput } from "@/ui/primitives/long-input";
import type { EditorForm } from "./editor-form";
import { draftLine, newLine } from "./editor-values";
import { priceLine } from "./pricing";
import { taxRatesOptions } from "./queries";
import { offeredRates, pastRate } from "./tax-rates";
import { editor, lineItem } from "./texts/editor";

const NONE: { items: TaxRateOut[] } = { items: [] };

/** Edits the lines: what, how many, at what price, at what rate. A line more has the rate of the one above, unless that is a past one. */
export function LineItemsEditor({ form, currency, taxName, taxRate }: { form: EditorForm; currency: string; taxName: string; taxRate: string | null }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "line_items" });
  const { data: { items: rates } = NONE } = useQuery(taxRatesOptions());
  const ratesId = useId();
  const addLine = () => {
    const above = form.getValues("line_items").at(-1)?.tax_rate ?? "";
    append({ ...newLine(taxRate), ...(above && !pastRate(above, rates) && { tax_rate: above }) });
  };
  const complaint = form.formState.errors.line_items?.root?.message ?? form.formState.errors.line_items?.message;
  return (
    <div className="flex flex-col gap-3">
      <ol className="flex flex-col gap-3" aria-label={editor.lineItems}>
        {fields.map((field, index) => (
          <LineItem key={field.id} form={form} currency={currency} taxName={taxName} rates={rates} ratesId={ratesId} index={index} onRemove={fields.length > 1 ? () => remove(index) : undefined} />
        ))}
      </ol>
      {complaint && (
        <p role="alert" className="text-sm text-bad">
          {complaint}
        </p>
      )}
      <datalist id={ratesId}>
        {offeredRates(rates).map((rate) => (
          <option key={rate.id} value={decimalInput(rate.rate)} label={`${rate.name} ${formatRate(rate.rate)}`} />
        ))}
      </datalist>
      <Button icon={PlusIcon} className="self-start" onClick={addLine}>
        {lineItem.add}
      </Button>
    </div>
  );
}

interface LineProps {
  form: EditorForm;
  currency: string;
  index: number;
}

interface LineItemProps extends LineProps {
  taxName: string;
  rates: readonly TaxRateOut[];
  /** The list of rates that a line is offered. */
  ratesId: string;
  onRemove: (() => void) | undefined;
}

function LineItem({ form, currency, index, taxName, rates, ratesId, onRemove }: LineItemProps) {
  const name = `line_items.${index}` as const;
  const errors = form.formState.errors.line_items?.[index];
  return (
    <li className="@container rounded-control border border-line bg-bg p-3">
      <Field label={lineItem.description.label(index + 1)} error={errors?.description?.message}>
        <LongInput {...form.register(`${name}.description`)} />
      </Field>
      <div className="mt-3 grid grid-cols-[5.5rem_10rem_6.5rem_minmax(0,1fr)] items-start gap-3 @max-[34rem]:grid-cols-[4.25rem_minmax(0,1fr)_4.75rem] @max-[34rem]:gap-2 @max-[34rem]:[&_input]:px-2">
        <Field label={lineItem.quantity.label} error={errors?.quantity?.message}>
          <Input isNumeric inputMode="decimal" {...form.register(`${name}.quantity`)} />
        </Field>
        <Field label={lineItem.price.label(currency)} error={errors?.unit_price?.message}>
          <Input isNumeric inputMode="decimal" placeholder={moneyInput(0, currency)} {...form.register(`${name}.unit_price`)} />
        </Field>
        <Field label={lineItem.tax.label(taxName)} error={errors?.tax_rate?.message}>
          <Input isNumeric inputMode="decimal" list={ratesId} {...form.register(`${name}.tax_rate`)} />
        </Field>
        <p className="flex flex-col items-end gap-1.5 @max-[34rem]:col-span-full @max-[34rem]:flex-row @max-[34rem]:justify-between">
          <span className="text-ink-3">{lineItem.amount}</span>
          <LineAmount form={form} currency={currency} index={index} />
        </p>
      </div>
      <PastRate form={form} index={index} rates={rates} />
      <div className="mt-3 flex items-center justify-between gap-3">
        <Checkbox label={lineItem.optional} {...form.register(`${name}.optional`)} />
        {onRemove && <IconButton icon={TrashIcon} label={lineItem.remove(index + 1)} onClick={onRemove} />}
      </div>
    </li>
  );
}

/** Says that a line has a rate which new lines no longer get. */
function PastRate({ form, index, rates }: { form: EditorForm; index: number; rates: readonly TaxRateOut[] }) {
  const past = pastRate(useWatch({ control: form.control, name: `line_items.${index}.tax_rate` }), rates);
  return past && <p className="mt-3 text-sm text-ink-2">{lineItem.tax.past(`${past.name} ${formatRate(past.rate)}`)}</p>;
}

function LineAmount({ form, currency, index }: LineProps) {
  const item = useWatch({ control: form.control, name: `line_items.${index}` });
  const isInclusive = useWatch({ control: form.control, name: "tax_inclusive" });
  const priced = priceLine(draftLine(item, currency), isInclusive);
  return (
    <span className={item.optional ? "text-ink-3" : "text-md font-medium"}>
      {priced ? <Money value={{ amount: priced.amount, currency }} /> : "—"}
    </span>
  );
}
