import { useQuery } from "@tanstack/react-query";
import { ListPage } from "@/lib/list-page";
import { useCan } from "@/lib/session/me";
import { ProjectIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { NewProjectButton } from "./new-project-button";
import { PROJECT_STATUSES } from "./project-status";
import { ProjectTable } from "./project-table";
import { projectListOptions, type ProjectFilter } from "./queries";

/** Lists the projects that the caller may see. */
export function ProjectsPage({ filter, onFilter }: { filter: ProjectFilter; onFilter: (filter: ProjectFilter) => void }) {
  const query = useQuery(projectListOptions(filter));
  const canCreate = useCan("projects:create");
  const hasClients = useCan("organizations:list");
  return (
    <ListPage
      title="Projects"
      noun="projects"
      searched="Title or code"
      looks={PROJECT_STATUSES}
      query={query}
      filter={filter}
      onFilter={onFilter}
      actions={<NewProjectButton />}
      empty={
        <EmptyState icon={ProjectIcon} title="No projects yet" action={<NewProjectButton variant="secondary" />}>
          {canCreate ? "A project holds what you do for one client: its proposal, its payment, its workflows. Make the first one." : "Your agency makes a project for what it does for you. It appears here at once."}
        </EmptyState>
      }
    >
      {(rows) => <ProjectTable rows={rows} hasClients={hasClients} />}
    </ListPage>
  );
}
