import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { ProjectsPage } from "@/features/projects/projects-page";
import { projectListOptions, type ProjectFilter } from "@/features/projects/queries";
import { STATUS_ORDER } from "@/features/projects/statuses";
import { pageParam, textParam, wordParam } from "@/lib/search-params";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/projects/")({
  validateSearch: (search): ProjectFilter => ({ q: textParam(search.q), status: wordParam(search.status, STATUS_ORDER), page: pageParam(search.page) }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => warm(context.queryClient, projectListOptions(deps)),
  component: Projects,
});

function Projects() {
  const filter = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const onFilter = useCallback((search: ProjectFilter) => void navigate({ search, replace: true }), [navigate]);
  return <ProjectsPage filter={filter} onFilter={onFilter} />;
}
