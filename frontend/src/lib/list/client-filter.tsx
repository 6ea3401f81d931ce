import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getOrganizationOptions } from "@/api/generated/@tanstack/react-query.gen";
import { useCan } from "@/lib/session/me";
import { FilterCombobox } from "@/ui/patterns/filter-combobox";
import { useClientSearch } from "./client-search";
import { client as texts } from "./texts";

export interface ClientFilterProps {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

/** Filters by client, for those who may list them. */
export function ClientFilter({ value, onChange }: ClientFilterProps) {
  return useCan("organizations:list") ? <Clients value={value} onChange={onChange} /> : null;
}

function Clients({ value, onChange }: ClientFilterProps) {
  const [isWanted, setWanted] = useState(false);
  const search = useClientSearch(isWanted);
  const inList = search.options.find((option) => option.value === value);
  const one = useQuery({ ...getOrganizationOptions({ path: { org_id: value ?? "" } }), enabled: value !== undefined && !inList });
  const chosen = value === undefined ? null : (inList ?? { value, label: one.data?.name ?? texts.unnamed });
  return <FilterCombobox {...search} label={texts.label} chosen={chosen} onOpen={() => setWanted(true)} onChange={onChange} placeholder={texts.placeholder} />;
}
