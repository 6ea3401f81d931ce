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
import { proposalListOptions } from "@/features/proposals/queries";
import { ReviewProposal } from "@/features/proposals/review-proposal";
import { nextProposal } from "@/features/proposals/versions";
import { DeployWorkflow } from "@/features/workflows/deploy-workflow";
import { WorkflowsCard } from "@/features/workflows/workflows-card";
import { projectWorkflowsOptions } from "@/features/workflows/queries";
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
  const isOffering = canWrite && versions && nextProposal(project.status, versions) !== null;
  const isUnderway = canDeploy && (project.status === "APPROVED" || project.status === "IN_PROGRESS");
  return (
    <ProjectPage
      projectId={projectId}
      tab={tab}
      onTab={onTab}
      primary={
        organization ? (
          versions && invoices.data && <ClientStep versions={versions} invoices={invoices.data.items} />
        ) : isOffering ? (
          <NextProposal projectId={projectId} status={project.status} versions={versions} />
        ) : (
          isUnderway && <DeployWorkflow projectId={projectId} />
        )
      }
      beside={
        <>
          <MoneyCard projectId={projectId} agreed={approved?.total ?? null} />
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

/** Offers a client what comes next: the proposal that awaits a decision, or the payment of the one that was approved. */
function ClientStep({ versions, invoices }: { versions: readonly ProposalOut[]; invoices: readonly InvoiceOut[] }) {
  const next = versions.find(({ status }) => status === "SENT" || status === "APPROVED");
  if (!next) return null;
  if (next.status === "SENT") return <ReviewProposal proposal={next} />;
  const isPaid = invoices.some((invoice) => invoice.proposal_id === next.id);
  return isPaid ? null : <PayButton proposalId={next.id} projectId={next.project_id} total={next.total} />;
}
