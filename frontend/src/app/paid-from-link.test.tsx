import { cleanup, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keepPaidFromLink } from "@/features/billing/paid-from-link";
import { session } from "@/lib/session";
import { markSignedIn } from "@/lib/session/signed-in-mark";
import { renderApp } from "@/testing/render-app";
import { brandingOf, idOf, meOf, pageOf, proposalOf, sharedOf, versionOf } from "@/testing/samples";
import { testServer } from "@/testing/server";

const server = testServer();
const PROPOSAL = proposalOf({ status: "APPROVED", payment: "PROCESSING" });
const INTENT_ID = idOf(8);

beforeEach(() => {
  sessionStorage.clear();
  markSignedIn(true);
  server
    .on("refreshSession", { access_token: "access", refresh_token: "refresh", token_type: "bearer", expires_in: 900, expires_at: "2026-11-21T09:00:00Z" })
    .on("getMe", meOf({ permissions: ["proposals:read", "proposals:pay"] }))
    .on("getVersion", versionOf())
    .on("getBranding", brandingOf())
    .on("viewSharedProposal", sharedOf(PROPOSAL))
    .on("getProposal", PROPOSAL)
    .on("listInvoices", pageOf([]))
    .on("getPaymentIntent", { id: INTENT_ID, proposal_id: PROPOSAL.id, status: "PROCESSING", amount: PROPOSAL.total, invoice_id: null, created_at: "2026-11-21T09:00:00Z", expires_at: null });
});
afterEach(() => {
  cleanup();
  session.end();
});

const SLOW = { timeout: 10_000 };

it("who paid from a viewing link comes back to it, and reads how the payment is going", async () => {
  keepPaidFromLink({ paymentIntentId: INTENT_ID, proposalId: PROPOSAL.id, token: "a-token" });
  const { router } = renderApp(`/billing/return?payment_intent_id=${INTENT_ID}`);
  expect(await screen.findByRole("region", { name: "Your payment is on its way" }, SLOW)).toBeVisible();
  expect(router.state.location.href).toBe(`/p/a-token?payment_intent_id=${INTENT_ID}`);
  expect(screen.getByRole("link", { name: "Back to the proposal" })).toHaveAttribute("href", "/p/a-token");
}, 20_000);

it("who left the payment page comes back to the link, too", async () => {
  server.on("getProposal", { ...PROPOSAL, payment: "DUE" });
  keepPaidFromLink({ paymentIntentId: INTENT_ID, proposalId: PROPOSAL.id, token: "a-token" });
  const { router } = renderApp(`/proposals/${PROPOSAL.id}?payment=cancelled`);
  expect(await screen.findByText(/^Nothing was charged\./, {}, SLOW)).toBeVisible();
  expect(router.state.location.pathname).toBe("/p/a-token");
}, 20_000);

it("who paid in the portal stays there", async () => {
  keepPaidFromLink({ paymentIntentId: idOf(9), proposalId: idOf(61), token: "another" });
  const { router } = renderApp(`/billing/return?payment_intent_id=${INTENT_ID}`);
  expect(await screen.findByRole("region", { name: "Your payment is on its way" }, SLOW)).toBeVisible();
  expect(router.state.location.pathname).toBe("/billing/return");
  expect(screen.getByRole("link", { name: "Back to the proposal" })).toHaveAttribute("href", `/proposals/${PROPOSAL.id}`);
}, 20_000);
