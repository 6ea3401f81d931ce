import { useSuspenseQuery } from "@tanstack/react-query";
import { createFileRoute } from "@tanstack/react-router";
import { InvoicePage } from "@/features/billing/invoice-page";
import { invoiceOptions } from "@/features/billing/queries";
import { useRecentRecord } from "@/lib/recent-records";

export const Route = createFileRoute("/_app/invoices/$invoiceId")({
  staticData: { shape: "sheet" },
  loader: ({ context, params }) => context.queryClient.query(invoiceOptions(params.invoiceId)),
  component: Invoice,
});

function Invoice() {
  const { invoiceId } = Route.useParams();
  const { data: invoice } = useSuspenseQuery(invoiceOptions(invoiceId));
  useRecentRecord({ kind: "invoice", id: invoice.id, title: invoice.title, code: invoice.number });
  return <InvoicePage invoiceId={invoiceId} />;
}
