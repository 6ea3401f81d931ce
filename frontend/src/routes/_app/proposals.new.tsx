import { useSuspenseQuery } from "@tanstack/react-query";
import { createFileRoute, redirect } from "@tanstack/react-router";
import { projectOptions } from "@/features/projects/queries";
import { NewProposalPage } from "@/features/proposals/new-proposal-page";
import { businessOptions, proposalListOptions, taxRatesOptions } from "@/features/proposals/queries";
import { Gate } from "@/lib/session/gate";
import { textParam } from "@/lib/search-params";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/proposals/new")({
  staticData: { shape: "sheet" },
  validateSearch: (search): { project?: string | undefined } => ({ project: textParam(search.project) }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    // A proposal belongs to a project: without one there is nothing to write.
    if (!deps.project) throw redirect({ to: "/projects" });
    warm(context.queryClient, businessOptions());
    warm(context.queryClient, taxRatesOptions());
    warm(context.queryClient, proposalListOptions({ project_id: deps.project }));
    return context.queryClient.query(projectOptions(deps.project));
  },
  component: NewProposal,
});

function NewProposal() {
  const { project: projectId = "" } = Route.useSearch();
  const { data } = useSuspenseQuery(projectOptions(projectId));
  return (
    <Gate permission="proposals:write">
      <NewProposalPage project={{ id: data.id, code: data.code, title: data.title, client: data.organization.name }} />
    </Gate>
  );
}
