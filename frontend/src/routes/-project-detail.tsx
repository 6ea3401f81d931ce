import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { InvoiceOut, ProposalOut } from "@/api/generated";
import { MoneyCard } from "@/features/billing/money-card";
import { PayButton } from "@/features/billing/pay-button";
import { invoiceListOptions } from "@/features/billing/queries";
import { ProjectPage } from "@/features/projects/project-page";
import { projectOptions } from "@/features/projects/queries";
import type { ProjectTab } from "@/features/projects/tabs";
import { NextProposal } from "@/features/proposals/next-proposal";
import { NotDelivered } from "@/features/proposals/not-delivered";
import { proposalListOptions } from "@/features/proposals/queries";
import { ReviewProposal } from "@/features/proposals/review-proposal";
import { aboutProposal } from "@/features/proposals/texts/proposal";
import { isOpenForProposals, nextProposal } from "@/features/proposals/versions";
import { DeployWorkflow } from "@/features/workflows/deploy-workflow";
import { WorkflowsCard } from "@/features/workflows/workflows-card";
import { projectWorkflowsOptions } from "@/features/workflows/queries";
import { ContactButton } from "@/lib/business-contact";
import { useBranding } from "@/lib/face";
import { useRecentRecord } from "@/lib/recent-records";
import { useCan, useMe } from "@/lib/session/me";

export interface ProjectDetailProps {
  projectId: string;
  tab: ProjectTab;
  onTab: (tab: ProjectTab) => void;
  /** Its lists, which the address sorts. */
  proposals: ReactNode;
  invoices: ReactNode;
  workflows: ReactNode;
}

/** Joins what the features know about one project. */
export function ProjectDetail({ projectId, tab, onTab, ...lists }: ProjectDetailProps) {
  const { data: project } = useSuspenseQuery(projectOptions(projectId));
  useRecentRecord({ kind: "project", ...project });
  const proposals = useQuery(proposalListOptions({ project_id: projectId }));
  const invoices = useQuery(invoiceListOptions({ project_id: projectId }));
  const workflows = useQuery(projectWorkflowsOptions(projectId));
  const { organization } = useMe();
  const canWrite = useCan("proposals:write");
  const canDeploy = useCan("workflows:deploy");
  const approved = proposals.data?.items.find((proposal) => proposal.status === "APPROVED");
  const versions = proposals.data?.items;
  const lost = versions?.find(({ undelivered }) => undelivered.length > 0);
  const isOffering = canWrite && versions && nextProposal(project.status, versions) !== null;
  const isUnderway = canDeploy && (project.status === "APPROVED" || project.status === "IN_PROGRESS");
  return (
    <ProjectPage
      projectId={projectId}
      tab={tab}
      onTab={onTab}
      primary={
        organization ? (
          versions && invoices.data && <ClientStep versions={versions} invoices={invoices.data.items} isOpen={isOpenForProposals(project.status)} />
        ) : isOffering ? (
          <NextProposal projectId={projectId} status={project.status} versions={versions} />
        ) : (
          isUnderway && <DeployWorkflow projectId={projectId} />
        )
      }
      notice={lost && <NotDelivered proposal={lost} />}
      beside={
        <>
          <MoneyCard projectId={projectId} proposal={approved} />
          <WorkflowsCard projectId={projectId} onAll={() => onTab("workflows")} />
        </>
      }
      counts={{
        proposals: proposals.data?.total ?? undefined,
        invoices: invoices.data?.total ?? undefined,
        workflows: workflows.data?.total ?? undefined,
      }}
      panels={lists}
    />
  );
}

/** Offers a client what comes next: the proposal that awaits a decision, the payment of the approved one, or whom to ask for another. */
function ClientStep({ versions, invoices, isOpen }: { versions: readonly ProposalOut[]; invoices: readonly InvoiceOut[]; isOpen: boolean }) {
  const business = useBranding();
  const next = versions.find(({ status }) => status === "SENT" || status === "APPROVED");
  if (!next) return versions[0] && isOpen && business ? <ContactButton branding={business} about={aboutProposal(versions[0])} /> : null;
  if (next.status === "SENT") return next.is_closed ? null : <ReviewProposal proposal={next} />;
  const isPaid = invoices.some((invoice) => invoice.proposal_id === next.id);
  return isPaid ? null : <PayButton proposal={next} />;
}
