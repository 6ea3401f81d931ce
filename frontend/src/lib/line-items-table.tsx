import type { MoneyBody } from "@/api/generated";
import { Money } from "@/ui/patterns/money";
import { formatRate } from "@/ui/patterns/formats";
import { lineItems as texts, taxes } from "./texts/documents";

/** What every document says of a line. */
export interface DocumentLine {
  description: string;
  quantity: string;
  unit_price: MoneyBody;
  tax_rate: string;
  /** Quantity times price, as the prices are: with the tax where they contain it. */
  amount: MoneyBody;
  optional?: boolean;
}

/**
 * Lists what a document offers or charges; on a phone quantity and price move below the words.
 * With the tax's name each line tells its rate, as invoices do.
 */
export function LineItemsTable({ items, label, rateOf }: { items: readonly DocumentLine[]; label: string; rateOf?: string }) {
  return (
    <table aria-label={label} className="w-full border-separate border-spacing-0">
      <thead>
        <tr className="text-xs font-medium text-ink-3 [&>th]:border-b [&>th]:border-line-2 [&>th]:py-2.5 [&>th]:font-medium">
          <th scope="col" className="text-left">
            {texts.item}
          </th>
          <th scope="col" className="w-20 text-right max-sm:hidden print:table-cell">
            {texts.quantity}
          </th>
          <th scope="col" className="w-36 text-right max-sm:hidden print:table-cell">
            {texts.price}
          </th>
          {rateOf && (
            <th scope="col" className="w-20 text-right max-sm:hidden print:table-cell">
              {rateOf}
            </th>
          )}
          <th scope="col" className="w-36 text-right max-sm:w-28">
            {texts.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item, index) => (
          <tr key={index} className="align-top [&>td]:border-line [&>td]:py-3 [&:not(:last-child)>td]:border-b print:break-inside-avoid">
            <td className="pr-4 break-words">
              {item.description}
              {item.optional && <span className="ml-2 text-sm text-ink-3">{texts.optional}</span>}
              <span className="tabular block text-sm text-ink-3 sm:hidden print:hidden">
                {item.quantity} × <Money value={item.unit_price} />
                {rateOf && ` · ${taxes.rate(rateOf, formatRate(item.tax_rate))}`}
              </span>
            </td>
            <td className="tabular text-right max-sm:hidden print:table-cell">{item.quantity}</td>
            <td className="text-right max-sm:hidden print:table-cell">
              <Money value={item.unit_price} />
            </td>
            {rateOf && <td className="tabular text-right text-ink-3 max-sm:hidden print:table-cell">{formatRate(item.tax_rate)}</td>}
            <td className={`text-right ${item.optional ? "text-ink-3" : ""}`}>
              <Money value={item.amount} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
