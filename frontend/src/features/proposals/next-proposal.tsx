import { useQuery } from "@tanstack/react-query";
import type { ProjectStatus, ProposalOut } from "@/api/generated";
import { getProjectOptions } from "@/api/generated/@tanstack/react-query.gen";
import { EditIcon, ProposalIcon } from "@/ui/icon";
import { ButtonLink } from "@/ui/primitives/link";
import { nextStep } from "./texts/proposal";
import { isOpenForProposals, nextProposal } from "./versions";

/** Leads on from a project: to its first proposal, to another one, or to the draft that is there. */
export function NextProposal({ projectId, status, versions }: { projectId: string; status: ProjectStatus; versions: readonly ProposalOut[] }) {
  const next = nextProposal(status, versions);
  if (!next) return null;
  if ("draft" in next)
    return (
      <ButtonLink to="/proposals/$proposalId" params={{ proposalId: next.draft.id }} variant="primary" icon={EditIcon}>
        {next.kind === "revise" ? nextStep.revise : nextStep.edit}
      </ButtonLink>
    );
  return <WriteProposal projectId={projectId} isAnother={next.kind === "write-new"} />;
}

/** Leads to a new proposal, if the project can still have one. */
export function OfferProposal({ projectId, isAnother = false }: { projectId: string; isAnother?: boolean }) {
  const { data: project } = useQuery(getProjectOptions({ path: { project_id: projectId } }));
  return project && isOpenForProposals(project.status) ? <WriteProposal projectId={projectId} isAnother={isAnother} /> : null;
}

function WriteProposal({ projectId, isAnother }: { projectId: string; isAnother: boolean }) {
  return (
    <ButtonLink to="/proposals/new" search={{ project: projectId }} variant="primary" icon={ProposalIcon}>
      {isAnother ? nextStep.writeNew : nextStep.write}
    </ButtonLink>
  );
}
