import { useWatch } from "react-hook-form";
import { Card } from "@/ui/patterns/card";
import { Money } from "@/ui/patterns/money";
import type { EditorForm } from "./editor-form";
import { draftLine } from "./editor-values";
import { addUp } from "./pricing";
import { totals as texts } from "./texts/editor";

/** Shows what the proposal adds up to while it is written. */
export function TotalsCard({ form, currency, taxName }: { form: EditorForm; currency: string; taxName: string }) {
  const [items, isInclusive] = useWatch({ control: form.control, name: ["line_items", "tax_inclusive"] });
  const totals = addUp(items.map((item) => draftLine(item, currency)), isInclusive);
  return (
    <Card title={texts.title}>
      <dl aria-live="polite" aria-atomic="true" className="flex flex-col gap-2">
        <Row term={texts.subtotal} amount={totals.subtotal} currency={currency} />
        <Row term={taxName} amount={totals.tax} currency={currency} />
        <Row term={texts.total} amount={totals.total} currency={currency} isStrong />
      </dl>
    </Card>
  );
}

function Row({ term, amount, currency, isStrong = false }: { term: string; amount: number; currency: string; isStrong?: boolean }) {
  return (
    <div className={`flex justify-between gap-4 ${isStrong ? "mt-1 border-t border-line-2 pt-3 text-md font-semibold" : ""}`}>
      <dt className={isStrong ? "" : "text-ink-3"}>{term}</dt>
      <dd className={isStrong ? "" : "font-medium"}>
        <Money value={{ amount, currency }} />
      </dd>
    </div>
  );
}
