import type { MoneyBody } from "@/api/generated";
import { cx } from "@/ui/class-names";
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

// A column of figures is as wide as its longest figure, and the words have the rest.
const HEAD = "border-b border-line-2 py-2.5 text-xs font-medium text-ink-3";
const CELL = "border-line py-3 align-top group-not-last:border-b";
const FIGURE = "w-0 pl-6 text-right whitespace-nowrap";
/** What moves below the words where the table itself is narrow, in a column or on a phone; paper has room. */
const SPACIOUS = "@max-lg:hidden print:table-cell";

/**
 * Lists what a document offers or charges; where there is little room quantity and price move below the words.
 * With the tax's name each line tells its rate, as invoices do.
 */
export function LineItemsTable({ items, label, rateOf }: { items: readonly DocumentLine[]; label: string; rateOf?: string }) {
  return (
    <div className="@container">
      <table aria-label={label} className="w-full border-separate border-spacing-0">
        <thead>
          <tr>
            <th scope="col" className={cx(HEAD, "text-left")}>
              {texts.item}
            </th>
            <th scope="col" className={cx(HEAD, FIGURE, SPACIOUS)}>
              {texts.quantity}
            </th>
            <th scope="col" className={cx(HEAD, FIGURE, SPACIOUS)}>
              {texts.price}
            </th>
            {rateOf && (
              <th scope="col" className={cx(HEAD, FIGURE, SPACIOUS)}>
                {rateOf}
              </th>
            )}
            <th scope="col" className={cx(HEAD, FIGURE)}>
              {texts.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <tr key={index} className="group print:break-inside-avoid">
              <td className={cx(CELL, "wrap-anywhere")}>
                {item.description}
                {item.optional && <span className="ml-2 text-sm text-ink-3">{texts.optional}</span>}
                <span className="tabular block text-sm text-ink-3 @lg:hidden print:hidden">
                  {item.quantity} × <Money value={item.unit_price} />
                  {rateOf && ` · ${taxes.rate(rateOf, formatRate(item.tax_rate))}`}
                </span>
              </td>
              <td className={cx(CELL, FIGURE, SPACIOUS, "tabular")}>{item.quantity}</td>
              <td className={cx(CELL, FIGURE, SPACIOUS)}>
                <Money value={item.unit_price} />
              </td>
              {rateOf && <td className={cx(CELL, FIGURE, SPACIOUS, "tabular text-ink-3")}>{formatRate(item.tax_rate)}</td>}
              <td className={cx(CELL, FIGURE, item.optional && "text-ink-3")}>
                <Money value={item.amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
