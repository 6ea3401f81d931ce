import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { listAuditedOrganizationsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ClientFilterProps } from "@/lib/list/client-filter";
import { clientSearch, useTyped } from "@/lib/list/client-search";
import { FilterCombobox } from "@/ui/patterns/filter-combobox";
import { organization as texts } from "./texts";

/** Filters by organization, also for auditors, who cannot list organizations. */
export function OrganizationFilter({ value, onChange }: ClientFilterProps) {
  const [isWanted, setWanted] = useState(false);
  const typed = useTyped();
  const search = clientSearch(typed, useQuery({ ...listAuditedOrganizationsOptions({ query: { q: typed.q } }), placeholderData: keepPreviousData, enabled: isWanted }));
  const inList = search.options.find((option) => option.value === value);
  const one = useQuery({ ...listAuditedOrganizationsOptions({ query: { q: value } }), enabled: value !== undefined && !inList });
  const chosen = value === undefined ? null : (inList ?? { value, label: one.data?.items[0]?.name ?? texts.unnamed });
  return <FilterCombobox {...search} label={texts.label} chosen={chosen} onOpen={() => setWanted(true)} onChange={onChange} placeholder={texts.placeholder} />;
}
