import { useMutation, useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { createTaxRate, deleteTaxRate, type TaxRateOut } from "@/api/generated";
import { listTaxRatesQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { zNewTaxRate } from "@/api/schemas/business/zod.gen";
import { field, Form, useSchemaForm } from "@/lib/form";
import { LoadError } from "@/lib/load-error";
import { toApiError } from "@/lib/problem";
import { every, useRefresh } from "@/lib/refresh";
import { DoneMark, TrashIcon, WaitingMark } from "@/ui/icon";
import { Card } from "@/ui/patterns/card";
import { formatDay } from "@/ui/patterns/day-format";
import { formatRate } from "@/ui/patterns/formats";
import { Button, IconButton } from "@/ui/primitives/button";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Notice } from "@/ui/primitives/notice";
import { Pill } from "@/ui/primitives/pill";
import { useToast } from "@/ui/primitives/toast";
import { taxRatesOptions } from "./queries";
import { taxRates } from "./texts";

const schema = z.object({
  name: field(zNewTaxRate.shape.name, { missing: taxRates.name.missing }),
  rate: field(zNewTaxRate.shape.rate, { missing: taxRates.rate.missing, invalid: taxRates.rate.invalid, pattern: /^\d{1,3}([.,]\d{1,2})?$/, read: (text) => text.replace(",", ".") }),
  valid_from: field(zNewTaxRate.shape.valid_from, { missing: taxRates.validFrom.missing }),
});

/** Lists the rates of tax and adds one; a rate that has begun stays. */
export function TaxRatesCard({ taxName }: { taxName: string }) {
  const query = useQuery(taxRatesOptions());
  const refresh = useRefresh();
  const toast = useToast();
  const form = useSchemaForm(schema, { name: taxName, rate: "", valid_from: "" });
  const { errors, isSubmitting } = form.formState;
  const refreshRates = () => refresh([listTaxRatesQueryKey(), every("getBusiness"), every("listAuditEvents")]);
  const remove = useMutation({
    mutationFn: (rate: TaxRateOut) => deleteTaxRate({ path: { rate_id: rate.id }, throwOnError: true }),
    onSuccess: async () => {
      await refreshRates();
      toast(taxRates.removed);
    },
  });
  return (
    <Card title={taxRates.title} isFlush>
      {query.error ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ul className="divide-y divide-line">
          {(query.data?.items ?? []).map((rate) => (
            <li key={rate.id} className="flex min-h-11 flex-wrap items-center gap-x-3 px-5 py-1.5 max-sm:px-4">
              <span className="tabular text-base font-medium">
                {rate.name} {formatRate(rate.rate)}
              </span>
              <span className="text-sm text-ink-3">{taxRates.from(formatDay(rate.valid_from))}</span>
              <span className="ml-auto flex items-center gap-2">
                {rate.is_current && <Pill tone="ok" icon={DoneMark}>{taxRates.current}</Pill>}
                {!rate.has_begun && <Pill tone="neutral" icon={WaitingMark}>{taxRates.upcoming}</Pill>}
                {!rate.has_begun && <IconButton icon={TrashIcon} label={taxRates.remove(`${rate.name} ${formatRate(rate.rate)}`)} isBusy={remove.isPending} onClick={() => remove.mutate(rate)} />}
              </span>
            </li>
          ))}
          {query.data?.items.length === 0 && <li className="px-5 py-4 text-base text-ink-3 max-sm:px-4">{taxRates.empty}</li>}
        </ul>
      )}
      {remove.error && (
        <div className="px-5 pb-3">
          <Notice tone="bad" title={toApiError(remove.error).detail} />
        </div>
      )}
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
          <Input type="date" {...form.register("valid_from")} />
        </Field>
        <Button type="submit" isBusy={isSubmitting} className="mt-7 max-md:mt-7">
          {taxRates.add}
        </Button>
      </Form>
    </Card>
  );
}
