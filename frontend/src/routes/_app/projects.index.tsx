import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { ProjectsPage } from "@/features/projects/projects-page";
import { PROJECT_LIST, type ProjectFilter } from "@/features/projects/list";
import { projectListOptions } from "@/features/projects/queries";
import { readListFilter } from "@/lib/list/address";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/projects/")({
  validateSearch: (search): ProjectFilter => readListFilter(search, PROJECT_LIST),
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
