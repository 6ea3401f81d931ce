import type { ReactNode } from "react";

/** Pairs names and values, values at the right as in an account. */
export function DefinitionList({ items }: { items: readonly { term: string; value: ReactNode }[] }) {
  return (
    <dl className="flex flex-col gap-2">
      {items.map((item) => (
        <div key={item.term} className="flex flex-wrap justify-between gap-x-4">
          <dt className="text-base text-ink-3">{item.term}</dt>
          <dd className="min-w-0 text-right text-base font-medium break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
