import { getDashboardQueryKey, getInvoiceQueryKey, listInvoicesQueryKey, listProjectActivityQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { TopicReads } from "@/lib/live/use-live";
import { every, type ReadKey } from "@/lib/refresh";

/** Names what shows money that moved: an approved proposal says whether it is paid. */
export const billingTopics = {
  payments: ({ project_id }) => [every("getPaymentIntent"), every("getProposal"), every("listProposals"), ...around(project_id)],
  invoices: ({ id, project_id }) => [...(id ? [getInvoiceQueryKey({ path: { invoice_id: id } })] : []), listInvoicesQueryKey(), every("getPaymentIntent"), ...around(project_id)],
} satisfies TopicReads;

function around(projectId: string | null): readonly ReadKey[] {
  return [...(projectId ? [listProjectActivityQueryKey({ path: { project_id: projectId } })] : []), getDashboardQueryKey()];
}
