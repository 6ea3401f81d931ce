import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { getOrganizationOptions, listOrganizationsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { useCan } from "@/lib/session/me";
import { FilterCombobox } from "@/ui/patterns/filter-combobox";
import { client as texts } from "./texts";

const TYPING_MS = 150;

/** Filters by client, for those who may list them: found by a part of the name among however many there are. */
export function ClientFilter({ value, onChange }: { value: string | undefined; onChange: (id: string | undefined) => void }) {
  return useCan("organizations:list") ? <Clients value={value} onChange={onChange} /> : null;
}

function Clients({ value, onChange }: { value: string | undefined; onChange: (id: string | undefined) => void }) {
  const [text, setText] = useState("");
  const q = useSettled(text.trim());
  const [isWanted, setWanted] = useState(false);
  const found = useQuery({ ...listOrganizationsOptions({ query: { q: q || undefined, limit: 50 } }), placeholderData: keepPreviousData, enabled: isWanted });
  const options = (found.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const inList = options.find((option) => option.value === value);
  const one = useQuery({ ...getOrganizationOptions({ path: { org_id: value ?? "" } }), enabled: value !== undefined && !inList });
  const chosen = value === undefined ? null : (inList ?? { value, label: one.data?.name ?? texts.unnamed });
  return (
    <FilterCombobox
      label={texts.label}
      chosen={chosen}
      options={options}
      onOpen={() => setWanted(true)}
      onType={setText}
      onChange={onChange}
      placeholder={texts.placeholder}
      emptyText={found.isPending ? texts.loading : found.isError ? texts.notLoaded : texts.notFound}
    />
  );
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
