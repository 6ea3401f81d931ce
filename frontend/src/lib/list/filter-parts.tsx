import type { ComponentType } from "react";
import { lookOf, type StatusLooks } from "@/ui/patterns/status-pill";
import { FilterSelect } from "@/ui/patterns/filter-select";
import type { MenuTick } from "@/ui/primitives/menu";
import type { ListFilter } from "./address";
import { ClientFilter, type ClientFilterProps } from "./client-filter";
import { DaysFilter } from "./days-filter";
import { filters } from "./texts";

type Choice = readonly { value: string; label: string }[];

/**
 * One way to narrow a list: one of a few words, a client, or a stretch of days. What is seldom asked for has one option and stands in the
 * menu of the columns where there is one; it is a chip while it holds.
 */
export type FilterPart<Filter> =
  | { kind: "choice"; key: keyof Filter & string; label: string; options: Choice; any?: string; isSeldom?: boolean }
  | { kind: "client"; Filter?: ComponentType<ClientFilterProps> }
  | { kind: "days"; label: string };

/** Narrows by status, in the words that the pills use. */
export function byStatus<Status extends string>(looks: StatusLooks<Status>, label = filters.status) {
  return { kind: "choice", key: "status", label, options: Object.keys(looks).map((value) => ({ value, label: lookOf(looks, value).label })) } as const;
}

/** Narrows by client, for those who may list them. */
export const byClient = { kind: "client" } as const;

/** Narrows by days: "Created". */
export function byDays(label: string) {
  return { kind: "days", label } as const;
}

/** Gives the parts that wait in the menu as ticks, and those that are chips. */
export function seldomApart<Filter extends ListFilter>(parts: readonly FilterPart<Filter>[], filter: Filter, onChange: (part: ListFilter) => void) {
  const ticks: MenuTick[] = [];
  const chips: FilterPart<Filter>[] = [];
  for (const part of parts) {
    const holds = part.kind === "choice" && Boolean(filter[part.key]);
    if (part.kind === "choice" && part.isSeldom) {
      const { key, label, options } = part;
      ticks.push({ id: key, label, isTicked: holds, onChange: (isTicked) => onChange({ [key]: isTicked ? options[0]?.value : undefined }) });
      if (!holds) continue;
    }
    chips.push(part);
  }
  return { ticks, chips };
}

/** Shows the ways to narrow a list, one chip each. */
export function FilterParts<Filter extends ListFilter>({ parts, filter, onChange }: { parts: readonly FilterPart<Filter>[]; filter: Filter; onChange: (part: ListFilter) => void }) {
  return parts.map((part) => {
    if (part.kind === "client") {
      const Clients = part.Filter ?? ClientFilter;
      return <Clients key="client" value={filter.org_id} onChange={(id) => onChange({ org_id: id })} />;
    }
    if (part.kind === "days") return <DaysFilter key="days" label={part.label} value={filter} onChange={({ from, to }) => onChange({ from, to })} />;
    const value = filter[part.key];
    return (
      <FilterSelect
        key={part.key}
        label={part.label}
        value={typeof value === "string" ? value : ""}
        options={part.options}
        any={part.any}
        onChange={(next) => onChange({ [part.key]: part.options.some((option) => option.value === next) ? next : undefined })}
      />
    );
  });
}
