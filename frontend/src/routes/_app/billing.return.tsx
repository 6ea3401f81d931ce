import { createFileRoute, Navigate, redirect } from "@tanstack/react-router";
import { paidFromLink } from "@/features/billing/paid-from-link";
import { ReturnPage } from "@/features/billing/return-page";
import { textParam } from "@/lib/search-params";

export const Route = createFileRoute("/_app/billing/return")({
  validateSearch: (search): { payment_intent_id?: string | undefined } => ({ payment_intent_id: textParam(search.payment_intent_id) }),
  beforeLoad: ({ search: { payment_intent_id: paymentIntentId } }) => {
    const token = paymentIntentId && paidFromLink({ paymentIntentId });
    if (token) throw redirect({ to: "/p/$token", params: { token }, search: { payment_intent_id: paymentIntentId }, replace: true });
  },
  component: Return,
});

function Return() {
  const { payment_intent_id: paymentIntentId } = Route.useSearch();
  return paymentIntentId ? <ReturnPage paymentIntentId={paymentIntentId} /> : <Navigate to="/invoices" replace />;
}
