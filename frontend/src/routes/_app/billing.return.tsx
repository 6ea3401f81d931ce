import { createFileRoute, Navigate } from "@tanstack/react-router";
import { ReturnPage } from "@/features/billing/return-page";
import { textParam } from "@/lib/search-params";

export const Route = createFileRoute("/_app/billing/return")({
  validateSearch: (search): { payment_intent_id?: string | undefined } => ({ payment_intent_id: textParam(search.payment_intent_id) }),
  component: Return,
});

function Return() {
  const { payment_intent_id: paymentIntentId } = Route.useSearch();
  return paymentIntentId ? <ReturnPage paymentIntentId={paymentIntentId} /> : <Navigate to="/invoices" replace />;
}
