import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { createTaxRate, deleteTaxRate, type BusinessOut, type TaxRateOut } from "@/api/generated";
import { listTaxRatesQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { zNewTaxRate } from "@/api/schemas/business/zod.gen";
import { FailureNotice } from "@/lib/failure/failure-notice";
import { field, Form, useSchemaForm } from "@/lib/form";
import { UnsavedGuard } from "@/lib/form/unsaved-guard";
import { LoadError } from "@/lib/load-error";
import { every, useRefresh } from "@/lib/refresh";
import { DoneMark, TrashIcon, WaitingMark } from "@/ui/icon";
import { Card } from "@/ui/patterns/card";
import { DateInput } from "@/ui/patterns/date-input";
import { formatDay } from "@/ui/patterns/day-format";
import { formatRate } from "@/ui/patterns/formats";
import { Button, IconButton } from "@/ui/primitives/button";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Pill } from "@/ui/primitives/pill";
import { useToast } from "@/ui/primitives/toast";
import { LastDayDialog } from "./last-day-dialog";
import { taxRatesOptions } from "./queries";
import { useSaveBusiness } from "./save";
import { taxRates } from "./texts";

const schema = z.object({
  name: field(zNewTaxRate.shape.name, { missing: taxRates.name.missing }),
  rate: field(zNewTaxRate.shape.rate, { missing: taxRates.rate.missing, invalid: taxRates.rate.invalid, pattern: /^\d{1,3}([.,]\d{1,2})?$/, read: (text) => text.replace(",", ".") }),
  valid_from: field(zNewTaxRate.shape.valid_from, { missing: taxRates.validFrom.missing }),
});

/** Lists the taxes with their rates over time, marks the one that new lines start with, and adds rates. */
export function TaxRatesCard({ business }: { business: BusinessOut }) {
  const query = useQuery(taxRatesOptions());
  const refresh = useRefresh();
  const toast = useToast();
  const save = useSaveBusiness();
  const form = useSchemaForm(schema, { name: business.tax_name, rate: "", valid_from: "" });
  const { errors, isDirty, isSubmitting } = form.formState;
  const [ending, setEnding] = useState<TaxRateOut>();
  const refreshRates = () => refresh([listTaxRatesQueryKey(), every("getBusiness"), every("listAuditEvents")]);
  const remove = useMutation({
    mutationFn: (rate: TaxRateOut) => deleteTaxRate({ path: { rate_id: rate.id }, throwOnError: true }),
    onSuccess: async () => {
      await refreshRates();
      toast(taxRates.removed);
    },
  });
  const mark = useMutation({
    mutationFn: (tax: string | null) => save({ default_tax: tax }, business.revision),
    onSuccess: async (_, tax) => {
      await refreshRates();
      toast(tax === null ? taxRates.unmarked : taxRates.marked(tax));
    },
  });
  const acted = mark.isPending || mark.error ? mark : remove;
  const taxes = taxesOf(query.data?.items ?? []);
  return (
    <Card title={taxRates.title} heading="h3" isFlush>
      {query.error ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ul className="divide-y divide-line">
          {taxes.map((tax) => (
            <li key={tax.name} className="px-5 py-2 max-sm:px-4">
              <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
                <h4 className="text-base font-semibold">{tax.name}</h4>
                {tax.isDefault && <Pill tone="info" icon={DoneMark}>{taxRates.isDefault}</Pill>}
                <Button variant={tax.isDefault ? "ghost" : "secondary"} className={tax.isDefault ? "-mr-3 ml-auto" : "ml-auto"} isBusy={mark.isPending} onClick={() => mark.mutate(tax.isDefault ? null : tax.name)}>
                  {tax.isDefault ? taxRates.unmark : taxRates.mark(tax.name)}
                </Button>
              </div>
              <ul aria-label={taxRates.ratesOf(tax.name)}>
                {tax.rates.map((rate) => (
                  <Rate key={rate.id} rate={rate} isRemoving={remove.isPending} onEnd={() => setEnding(rate)} onRemove={() => remove.mutate(rate)} />
                ))}
              </ul>
            </li>
          ))}
          {query.data && <Consequence business={business} hasRates={taxes.length > 0} />}
        </ul>
      )}
      <div className="px-5 pb-3 empty:hidden max-sm:px-4">
        <FailureNotice of={acted} />
      </div>
      <Form
        form={form}
        className="grid grid-cols-[1fr_7rem_10rem_auto] items-start gap-3 border-t border-line p-5 max-md:grid-cols-2 max-sm:p-4"
        onSubmit={async ({ name, rate, valid_from }) => {
          await createTaxRate({ body: { name, rate: rate.replace(",", "."), valid_from }, throwOnError: true });
          await refreshRates();
          form.reset({ name, rate: "", valid_from: "" });
          toast(taxRates.added);
        }}
      >
        <Field label={taxRates.name.label} error={errors.name?.message}>
          <Input {...form.register("name")} />
        </Field>
        <Field label={taxRates.rate.label} error={errors.rate?.message}>
          <Input inputMode="decimal" isNumeric {...form.register("rate")} />
        </Field>
        <Field label={taxRates.validFrom.label} error={errors.valid_from?.message}>
          <DateInput {...form.register("valid_from")} value={form.watch("valid_from")} />
        </Field>
        <Button type="submit" isBusy={isSubmitting} className="mt-7 max-md:mt-7">
          {taxRates.add}
        </Button>
      </Form>
      <UnsavedGuard isDirty={isDirty} isSaving={isSubmitting} />
      {ending && <LastDayDialog rate={ending} onClose={() => setEnding(undefined)} onSaved={refreshRates} />}
    </Card>
  );
}

function Rate({ rate, isRemoving, onEnd, onRemove }: { rate: TaxRateOut; isRemoving: boolean; onEnd: () => void; onRemove: () => void }) {
  const written = `${rate.name} ${formatRate(rate.rate)}`;
  // The end of a rate that another one has replaced changes nothing any more.
  const canEnd = rate.is_current || !rate.has_begun || rate.valid_until !== null;
  return (
    <li className="flex min-h-9 items-center gap-x-3">
      <span className="tabular w-14 shrink-0 text-base">{formatRate(rate.rate)}</span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
        <span className="text-sm text-ink-3">{taxRates.period(formatDay(rate.valid_from), rate.valid_until && formatDay(rate.valid_until))}</span>
        {rate.is_current && <Pill tone="ok" icon={DoneMark}>{taxRates.current}</Pill>}
        {!rate.has_begun && <Pill tone="neutral" icon={WaitingMark}>{taxRates.upcoming}</Pill>}
      </span>
      <span className="-mr-3 ml-auto flex shrink-0 items-center gap-1">
        {canEnd && (
          <Button variant="ghost" aria-label={taxRates.end(written, rate.valid_until !== null)} onClick={onEnd}>
            {taxRates.lastDay(rate.valid_until !== null)}
          </Button>
        )}
        {!rate.has_begun && <IconButton icon={TrashIcon} label={taxRates.remove(written)} isBusy={isRemoving} onClick={onRemove} />}
      </span>
    </li>
  );
}

/** Says what the rates mean for new lines, where they start without one. */
function Consequence({ business, hasRates }: { business: BusinessOut; hasRates: boolean }) {
  if (business.tax_rate !== null) return null;
  const empty = hasRates ? taxRates.noDefault : taxRates.empty;
  return <li className="px-5 py-4 text-base text-ink-3 max-sm:px-4">{business.default_tax ? taxRates.noRateToday(business.default_tax) : empty}</li>;
}

interface Tax {
  name: string;
  isDefault: boolean;
  /** The newest first. */
  rates: TaxRateOut[];
}

/** Gathers the rates that share a name: they are one tax over time. */
function taxesOf(rates: readonly TaxRateOut[]): Tax[] {
  const taxes = new Map<string, Tax>();
  for (const rate of rates) {
    const tax = taxes.get(rate.name) ?? { name: rate.name, isDefault: rate.is_default, rates: [] };
    tax.rates.push(rate);
    taxes.set(rate.name, tax);
  }
  return [...taxes.values()];
}
