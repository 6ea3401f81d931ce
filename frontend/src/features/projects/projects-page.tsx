import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { countOf, ListView } from "@/lib/list-view";
import { useCan } from "@/lib/session/me";
import { ProjectIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { FilterBar, FilterSearch, FilterSelect } from "@/ui/patterns/filter-bar";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { NewProjectButton } from "./new-project-button";
import { ProjectTable } from "./project-table";
import { PROJECT_STATUSES } from "./project-status";
import { projectListOptions, type ProjectFilter } from "./queries";
import { STATUS_ORDER } from "./statuses";

const OPTIONS = STATUS_ORDER.map((value) => ({ value, label: PROJECT_STATUSES[value].label }));

/** Lists the projects that the caller may see; the filter lives in the address. */
export function ProjectsPage({ filter, onFilter }: { filter: ProjectFilter; onFilter: (filter: ProjectFilter) => void }) {
  const query = useQuery(projectListOptions(filter));
  const canCreate = useCan("projects:create");
  const hasClients = useCan("organizations:list");
  const isFiltered = Boolean(filter.q ?? filter.status);
  const search = useCallback((q: string) => onFilter({ ...filter, q: q || undefined, page: undefined }), [filter, onFilter]);
  return (
    <Page>
      <PageHeader title="Projects" actions={<NewProjectButton />} />
      <div className="flex flex-col gap-4">
        <FilterBar count={countOf(query.data)} onClear={isFiltered ? () => onFilter({}) : undefined}>
          <FilterSearch label="Find projects" placeholder="Title or code" value={filter.q ?? ""} onChange={search} />
          <FilterSelect
            label="Status"
            value={filter.status ?? ""}
            options={OPTIONS}
            onChange={(value) => onFilter({ ...filter, status: STATUS_ORDER.find((status) => status === value), page: undefined })}
          />
        </FilterBar>
        <ListView
          query={query}
          noun="projects"
          isFiltered={isFiltered}
          onClear={() => onFilter({})}
          onPage={(page) => onFilter({ ...filter, page })}
          empty={
            <EmptyState icon={ProjectIcon} title="No projects yet" action={<NewProjectButton variant="secondary" />}>
              {canCreate ? "A project holds what you do for one client: its proposal, its payment, its workflows. Make the first one." : "Your agency makes a project for what it does for you. It appears here at once."}
            </EmptyState>
          }
        >
          {(rows) => <ProjectTable rows={rows} hasClients={hasClients} />}
        </ListView>
      </div>
    </Page>
  );
}
