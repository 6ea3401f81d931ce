import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { PROJECT_TABS, type ProjectTab } from "@/features/projects/tabs";
import { projectActivityOptions, projectOptions } from "@/features/projects/queries";
import { ProjectDetail } from "@/routes/-project-detail";
import { wordParam } from "@/lib/search-params";
import { warmPages } from "@/lib/warm";

export const Route = createFileRoute("/_app/projects/$projectId")({
  validateSearch: (search): { tab?: ProjectTab | undefined } => ({ tab: wordParam(search.tab, PROJECT_TABS) }),
  loader: ({ context, params }) => {
    warmPages(context.queryClient, projectActivityOptions(params.projectId));
    return context.queryClient.query(projectOptions(params.projectId));
  },
  component: Project,
});

function Project() {
  const { projectId } = Route.useParams();
  const { tab = "overview" } = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  return <ProjectDetail projectId={projectId} tab={tab} onTab={(next) => void navigate({ search: { tab: next === "overview" ? undefined : next }, replace: true })} />;
}
