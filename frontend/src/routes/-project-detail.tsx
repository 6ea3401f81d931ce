import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { MoneyCard } from "@/features/billing/money-card";
import { ProjectInvoices } from "@/features/billing/project-invoices";
import { invoiceListOptions } from "@/features/billing/queries";
import { ProjectPage } from "@/features/projects/project-page";
import { projectOptions } from "@/features/projects/queries";
import type { ProjectTab } from "@/features/projects/tabs";
import { ProjectProposals, WriteProposal } from "@/features/proposals/project-proposals";
import { proposalListOptions } from "@/features/proposals/queries";
import { DeployWorkflow } from "@/features/workflows/deploy-workflow";
import { ProjectWorkflows } from "@/features/workflows/project-workflows";
import { WorkflowsCard } from "@/features/workflows/workflows-card";
import { projectWorkflowsOptions } from "@/features/workflows/queries";
import { useCan } from "@/lib/session/me";

/** Joins what the features know about one project. */
export function ProjectDetail({ projectId, tab, onTab }: { projectId: string; tab: ProjectTab; onTab: (tab: ProjectTab) => void }) {
  const { data: project } = useSuspenseQuery(projectOptions(projectId));
  const proposals = useQuery(proposalListOptions({ project_id: projectId }));
  const invoices = useQuery(invoiceListOptions({ project_id: projectId }));
  const workflows = useQuery(projectWorkflowsOptions(projectId));
  const canWrite = useCan("proposals:write");
  const canDeploy = useCan("workflows:deploy");
  const approved = proposals.data?.items.find((proposal) => proposal.status === "APPROVED");
  const isNew = canWrite && project.status === "DRAFT" && proposals.data?.total === 0;
  const isUnderway = canDeploy && (project.status === "APPROVED" || project.status === "IN_PROGRESS");
  return (
    <ProjectPage
      projectId={projectId}
      tab={tab}
      onTab={onTab}
      primary={isNew ? <WriteProposal projectId={projectId} /> : isUnderway && <DeployWorkflow projectId={projectId} />}
      beside={
        <>
          <MoneyCard projectId={projectId} agreed={approved?.total ?? null} />
          <WorkflowsCard projectId={projectId} onAll={() => onTab("workflows")} />
        </>
      }
      counts={{ proposals: proposals.data?.total, invoices: invoices.data?.total, workflows: workflows.data?.total }}
      panels={{
        proposals: <ProjectProposals projectId={projectId} />,
        invoices: <ProjectInvoices projectId={projectId} />,
        workflows: <ProjectWorkflows projectId={projectId} />,
      }}
    />
  );
}
