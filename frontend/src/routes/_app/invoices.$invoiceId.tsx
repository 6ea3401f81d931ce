import { createFileRoute } from "@tanstack/react-router";
import { InvoicePage } from "@/features/billing/invoice-page";
import { invoiceOptions } from "@/features/billing/queries";

export const Route = createFileRoute("/_app/invoices/$invoiceId")({
  loader: ({ context, params }) => context.queryClient.query(invoiceOptions(params.invoiceId)),
  component: Invoice,
});

function Invoice() {
  const { invoiceId } = Route.useParams();
  return <InvoicePage invoiceId={invoiceId} />;
}
