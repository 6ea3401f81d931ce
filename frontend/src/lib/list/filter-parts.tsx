import type { ComponentType } from "react";
import { lookOf, type StatusLooks } from "@/ui/patterns/status-pill";
import { FilterSelect } from "@/ui/patterns/filter-select";
import type { ListFilter } from "./address";
import { ClientFilter, type ClientFilterProps } from "./client-filter";
import { DaysFilter } from "./days-filter";
import { filters } from "./texts";

type Choice = readonly { value: string; label: string }[];

/** One way to narrow a list: one of a few words, a client, or a stretch of days. */
export type FilterPart<Filter> =
  | { kind: "choice"; key: keyof Filter & string; label: string; options: Choice; any?: string }
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
