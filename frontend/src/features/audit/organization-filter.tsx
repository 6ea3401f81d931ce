import { useQuery } from "@tanstack/react-query";
import { listOrganizationsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { useCan } from "@/lib/session/me";
import { FilterSelect } from "@/ui/patterns/filter-bar";

/** Filters by organization, for those who may list them. */
export function OrganizationFilter({ value, onChange }: { value: string | undefined; onChange: (id: string | undefined) => void }) {
  const canList = useCan("organizations:list");
  const { data } = useQuery({ ...listOrganizationsOptions({ query: { limit: 100 } }), enabled: canList });
  if (!canList) return null;
  const options = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return <FilterSelect label="Organization" value={value ?? ""} options={options} onChange={(id) => onChange(id || undefined)} />;
}
