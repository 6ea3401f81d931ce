import { useQuery } from "@tanstack/react-query";
import { linkOptions } from "@tanstack/react-router";
import { changeProjectStatus, exportProjects, type ProjectOut } from "@/api/generated";
import { exportQuery } from "@/lib/list/address";
import type { BulkAction } from "@/lib/list/bulk-actions";
import { byClient, byDays, byStatus } from "@/lib/list/filter-parts";
import { ListPage } from "@/lib/list/list-page";
import { ApiError } from "@/lib/problem";
import { useCan } from "@/lib/session/me";
import { ArchiveIcon, ProjectIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { lookOf } from "@/ui/patterns/status-pill";
import { changedByProject } from "./changes";
import type { ProjectFilter } from "./list";
import { NewProjectButton } from "./new-project-button";
import { projectColumns } from "./project-columns";
import { PROJECT_STATUSES } from "./project-status";
import { projectListOptions } from "./queries";

const FILTERS = [byStatus(PROJECT_STATUSES), byClient, byDays("Created")];

/** Lists the projects that the caller may see. */
export function ProjectsPage({ filter, onFilter }: { filter: ProjectFilter; onFilter: (filter: ProjectFilter) => void }) {
  const query = useQuery(projectListOptions(filter));
  const canCreate = useCan("projects:create");
  const canUpdate = useCan("projects:update");
  const hasClients = useCan("organizations:list");
  return (
    <ListPage
      title="Projects"
      noun="projects"
      searched="Title or code"
      filters={FILTERS}
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
        <EmptyState icon={ProjectIcon} title="No projects yet" action={<NewProjectButton variant="secondary" />}>
          {canCreate ? "A project holds everything you do for one client: its proposals, invoices and workflows. Create the first one." : "Your projects appear here as soon as your agency creates one for you."}
        </EmptyState>
      }
    />
  );
}

const ARCHIVE: BulkAction<ProjectOut> = {
  verb: "Archive",
  icon: ArchiveIcon,
  doing: (count) => `Archiving ${counted(count)}`,
  done: (count) => `${counted(count)} archived`,
  question: (count) => ({ title: `Archive ${counted(count)}?`, description: "Each client sees that their project is archived. Projects that cannot be archived yet are listed afterwards, with the reason." }),
  run: async ({ id, status, next_statuses: next }) => {
    if (!next.includes("ARCHIVED")) throw new ApiError(409, "projects/not-archivable", "Not archived", `A project can be archived once it is completed. This one is ${lookOf(PROJECT_STATUSES, status).label.toLowerCase()}.`);
    await changeProjectStatus({ path: { project_id: id }, body: { status: "ARCHIVED" }, throwOnError: true });
  },
  changed: (projects) => projects.flatMap(({ id }) => changedByProject(id)),
};

function counted(count: number): string {
  return count === 1 ? "1 project" : `${count === 0 ? "No" : count} projects`;
}
