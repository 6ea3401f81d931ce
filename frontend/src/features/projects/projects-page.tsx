import { useQuery } from "@tanstack/react-query";
import { linkOptions } from "@tanstack/react-router";
import { exportProjects, type ProjectOut } from "@/api/generated";
import { useBranding } from "@/lib/face";
import { exportQuery } from "@/lib/list/address";
import type { BulkAction } from "@/lib/list/bulk-actions";
import { byClient, byDays, byStatus } from "@/lib/list/filter-parts";
import { ListPage } from "@/lib/list/list-page";
import { useCan } from "@/lib/session/me";
import { ArchiveIcon, ProjectIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import type { ProjectFilter } from "./list";
import { NewProjectButton } from "./new-project-button";
import { projectColumns } from "./project-columns";
import { CLIENT_PROJECT_STATUSES, filterLooks, PROJECT_STATUSES } from "./project-status";
import { projectListOptions } from "./queries";
import { bulkArchive, projectList } from "./texts";

const FILTERS = [byStatus(filterLooks(PROJECT_STATUSES)), byClient, byDays(projectList.created)];
const CLIENT_FILTERS = [byStatus(filterLooks(CLIENT_PROJECT_STATUSES)), byDays(projectList.created)];

/** Lists the projects that the caller may see. */
export function ProjectsPage({ filter, onFilter }: { filter: ProjectFilter; onFilter: (filter: ProjectFilter) => void }) {
  const query = useQuery(projectListOptions(filter));
  const canCreate = useCan("projects:create");
  const canUpdate = useCan("projects:update");
  const hasClients = useCan("organizations:list");
  const business = useBranding();
  return (
    <ListPage
      title={projectList.title}
      noun={projectList.noun}
      searched={projectList.searched}
      filters={hasClients ? FILTERS : CLIENT_FILTERS}
      columns={projectColumns(hasClients)}
      defaultSort="-created_at"
      query={query}
      filter={filter}
      onFilter={onFilter}
      exported={{ name: "projects.csv", load: () => exportProjects({ query: exportQuery(filter), parseAs: "blob", throwOnError: true }) }}
      rowKey={(row) => row.id}
      rowLink={(row) => linkOptions({ to: "/projects/$projectId", params: { projectId: row.id } })}
      bulk={canUpdate ? { actions: [ARCHIVE], nameOf: (row) => row.title } : undefined}
      actions={<NewProjectButton />}
      empty={
        <EmptyState icon={ProjectIcon} title={projectList.empty.title} action={<NewProjectButton variant="secondary" />}>
          {canCreate ? projectList.empty.staff : business && projectList.empty.client(business.name)}
        </EmptyState>
      }
    />
  );
}

const ARCHIVE: BulkAction<ProjectOut> = {
  kind: "projects.archive",
  verb: bulkArchive.verb,
  icon: ArchiveIcon,
  count: bulkArchive.count,
  isPossible: ({ status }) => status === "COMPLETED",
  question: (what, rows) => ({ title: rows?.possible === 0 ? bulkArchive.impossible(rows.chosen) : bulkArchive.question(what), description: rows ? bulkArchive.chosen(rows.possible, rows.chosen) : bulkArchive.description }),
};
