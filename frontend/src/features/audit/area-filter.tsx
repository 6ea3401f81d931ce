import { useQuery } from "@tanstack/react-query";
import { listAuditAreasOptions } from "@/api/generated/@tanstack/react-query.gen";
import { FilterSelect } from "@/ui/patterns/filter-bar";

/** Filters by area: the groups of actions that the server says it records. */
export function AreaFilter({ value, onChange }: { value: string | undefined; onChange: (action: string | undefined) => void }) {
  const { data } = useQuery({ ...listAuditAreasOptions(), staleTime: Infinity });
  const options = (data?.items ?? []).map(({ action, label }) => ({ value: action, label }));
  return <FilterSelect label="Area" value={value ?? ""} options={options} onChange={(action) => onChange(action || undefined)} />;
}
