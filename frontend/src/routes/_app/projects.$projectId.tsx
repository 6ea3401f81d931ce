import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { INVOICE_LIST, type InvoiceFilter } from "@/features/billing/list";
import { invoiceListOptions } from "@/features/billing/queries";
import { PROJECT_TABS, type ProjectTab } from "@/features/projects/tabs";
import { PROPOSAL_LIST, type ProposalFilter } from "@/features/proposals/list";
import { readListFilter } from "@/lib/list/address";
import { projectActivityOptions, projectOptions } from "@/features/projects/queries";
import { proposalListOptions } from "@/features/proposals/queries";
import { EXECUTION_LIST, type ExecutionFilter } from "@/features/workflows/lists";
import { ProjectWorkflows } from "@/features/workflows/project-workflows";
import { projectWorkflowsOptions } from "@/features/workflows/queries";
import { ProjectDetail } from "@/routes/-project-detail";
import { ProjectInvoices } from "@/features/billing/project-invoices";
import { ProjectProposals } from "@/features/proposals/project-proposals";
import { textParam, wordParam } from "@/lib/search-params";
import { warm, warmPages } from "@/lib/warm";

/** The part that is shown, and how its list is sorted and how far it was walked through. */
interface ProjectSearch {
  tab?: ProjectTab | undefined;
  sort?: ProposalFilter["sort"] | InvoiceFilter["sort"] | ExecutionFilter["sort"];
  status?: ExecutionFilter["status"];
  page?: number | undefined;
  cursor?: string | undefined;
  hide?: string | undefined;
  /** The workflow whose runs are filtered. */
  workflow?: string | undefined;
}

export const Route = createFileRoute("/_app/projects/$projectId")({
  staticData: { shape: "record" },
  validateSearch: (search): ProjectSearch => {
    const tab = wordParam(search.tab, PROJECT_TABS);
    if (tab === "proposals") return { tab, ...readListFilter(search, { sorts: PROPOSAL_LIST.sorts, takes: [] }) };
    if (tab === "invoices") return { tab, ...readListFilter(search, { sorts: INVOICE_LIST.sorts, takes: [] }) };
    if (tab === "workflows") return { tab, workflow: textParam(search.workflow), ...readListFilter(search, EXECUTION_LIST) };
    return { tab };
  },
  loader: ({ context, params }) => {
    // All that the page shows is asked at once: what came later would move what stands already.
    warmPages(context.queryClient, projectActivityOptions(params.projectId));
    warm(context.queryClient, proposalListOptions({ project_id: params.projectId }));
    warm(context.queryClient, invoiceListOptions({ project_id: params.projectId }));
    warm(context.queryClient, projectWorkflowsOptions(params.projectId));
    return context.queryClient.query(projectOptions(params.projectId));
  },
  component: Project,
});

function Project() {
  const { projectId } = Route.useParams();
  const { tab = "overview", workflow, ...list } = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const go = (search: ProjectSearch) => void navigate({ search, replace: true });
  return (
    <ProjectDetail
      projectId={projectId}
      tab={tab}
      onTab={(next) => go({ tab: next === "overview" ? undefined : next })}
      proposals={<ProjectProposals projectId={projectId} filter={list as ProposalFilter} onFilter={(filter) => go({ tab, ...placeOf(filter) })} />}
      invoices={<ProjectInvoices projectId={projectId} filter={list as InvoiceFilter} onFilter={(filter) => go({ tab, ...placeOf(filter) })} />}
      workflows={
        <ProjectWorkflows
          projectId={projectId}
          log={{ workflowId: workflow, filter: list as ExecutionFilter }}
          onLog={({ workflowId, filter }) => go({ tab, workflow: workflowId, status: filter.status, ...placeOf(filter) })}
        />
      }
    />
  );
}

function placeOf({ sort, page, cursor, hide }: ProposalFilter | InvoiceFilter | ExecutionFilter): Omit<ProjectSearch, "tab"> {
  return { sort, page, cursor, hide };
}
