import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PaymentIntentOut, PaymentProgress, Permission } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { idOf, invoiceDetailOf, invoiceOf, pageOf, proposalOf } from "@/testing/samples";
import { held, refusal, testServer } from "@/testing/server";
import { paidFromLink } from "./paid-from-link";
import { PayButton } from "./pay-button";
import { PaymentResult } from "./payment-result";
import { ReturnPage } from "./return-page";

const server = testServer();
const PROPOSAL_ID = idOf(6);
const STRIPE = "https://checkout.stripe.example/c/pay/cs_1";
const PAY = /^Pay R\s1,150\.00$/;

const assign = vi.fn();
beforeEach(() => {
  assign.mockReset();
  vi.stubGlobal("location", { origin: window.location.origin, assign });
});
afterEach(() => {
  vi.useRealTimers();
  sessionStorage.clear();
});

const show = (permissions: Permission[] = ["proposals:pay"]) =>
  renderPage(<PayButton proposal={proposalOf({ id: PROPOSAL_ID, status: "APPROVED" })} />, { me: { permissions } });

describe("paying", () => {
  it("leads to the payment page, once", async () => {
    const answer = held({ payment_intent_id: idOf(8), url: STRIPE });
    server.on("listInvoices", pageOf([])).on("openCheckout", answer.answer);
    await show();
    const button = await screen.findByRole("button", { name: PAY });
    await userEvent.click(button);
    await userEvent.click(button);
    answer.release();
    await vi.waitFor(() => expect(assign).toHaveBeenCalledExactlyOnceWith(STRIPE));
    // Until the other page is there, a second press must not open a second checkout.
    await userEvent.click(button);
    expect(server.to("openCheckout").map(({ path }) => path)).toEqual([{ proposal_id: PROPOSAL_ID }]);
    expect(server.to("openCheckout")[0]?.headers.get("Idempotency-Key")).toBeTruthy();
  });

  it("is next, and costs nothing while the payment page is left without paying", async () => {
    server.on("listInvoices", pageOf([]));
    const { unmount } = await show();
    expect(await screen.findByText("Payment is the next step.")).toBeVisible();
    unmount();
    await renderPage(<PayButton proposal={proposalOf({ id: PROPOSAL_ID, status: "APPROVED" })} isBack />, { me: { permissions: ["proposals:pay"] } });
    expect(await screen.findByText(/^Nothing was charged\./)).toBeVisible();
  });

  it("is over while the project is archived, and says why", async () => {
    server.on("listInvoices", pageOf([]));
    await renderPage(<PayButton proposal={proposalOf({ status: "APPROVED", is_closed: true })} />, { me: { permissions: ["proposals:pay"] } });
    expect(await screen.findByText("The project is archived, so this proposal can no longer be paid.")).toBeVisible();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it.each<[PaymentProgress, RegExp, RegExp]>([
    ["PROCESSING", /^Your payment is on its way\. .* don’t pay again\.$/, /^A payment is on its way\./],
    ["IN_REVIEW", /^We’ve received a payment and are checking it\. Don’t pay again\.$/, /^A payment was received and is being checked\.$/],
    ["LATER" as PaymentProgress, /^Your payment is on its way\./, /^A payment is on its way\./],
  ])("is over for now while the payment is %s, and says why", async (payment, toPayer, toOthers) => {
    server.on("listInvoices", pageOf([]));
    const page = <PayButton proposal={proposalOf({ id: PROPOSAL_ID, status: "APPROVED", payment })} />;
    const { unmount } = await renderPage(page, { me: { permissions: ["proposals:pay"] } });
    expect(await screen.findByText(toPayer)).toBeVisible();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
    unmount();
    await renderPage(page, { me: { permissions: [] } });
    expect(await screen.findByText(toOthers)).toBeVisible();
  });

  it("may begin again once a payment failed", async () => {
    server.on("listInvoices", pageOf([]));
    await renderPage(<PayButton proposal={proposalOf({ id: PROPOSAL_ID, status: "APPROVED", payment: "FAILED" })} />, { me: { permissions: ["proposals:pay"] } });
    expect(await screen.findByText("Your last payment failed. You weren’t charged.")).toBeVisible();
    expect(screen.getByRole("button", { name: PAY })).toBeEnabled();
  });

  it("does not say to staff that the client was told of a failed payment, which nobody knows yet", async () => {
    server.on("listInvoices", pageOf([]));
    await renderPage(<PayButton proposal={proposalOf({ id: PROPOSAL_ID, status: "APPROVED", payment: "FAILED" })} />, { me: { permissions: [], organization: null } });
    expect(await screen.findByText("The last payment failed. Nothing was charged, and the client can pay again.")).toBeVisible();
  });

  it("remembers the viewing link that it began on, for this payment and this proposal alone", async () => {
    server.on("listInvoices", pageOf([])).on("openCheckout", { payment_intent_id: idOf(8), url: STRIPE });
    await renderPage(<PayButton proposal={proposalOf({ id: PROPOSAL_ID, status: "APPROVED" })} link="a-token" />, { me: { permissions: ["proposals:pay"] } });
    await userEvent.click(await screen.findByRole("button", { name: PAY }));
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith(STRIPE));
    expect([paidFromLink({ paymentIntentId: idOf(8) }), paidFromLink({ proposalId: PROPOSAL_ID })]).toEqual(["a-token", "a-token"]);
    expect([paidFromLink({ paymentIntentId: idOf(9) }), paidFromLink({ proposalId: idOf(61) })]).toEqual([undefined, undefined]);
  });

  it("is the payer's alone", async () => {
    server.on("listInvoices", pageOf([]));
    await show([]);
    await vi.waitFor(() => expect(server.to("listInvoices")).toHaveLength(1));
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });

  it("is over once there is an invoice", async () => {
    server.on("listInvoices", pageOf([invoiceOf({ id: idOf(77), number: "INV-2026-000002", proposal_id: idOf(66) }), invoiceOf({ id: idOf(7), proposal_id: PROPOSAL_ID })]));
    await show();
    expect(await screen.findByRole("link", { name: "Invoice INV-2026-000001" })).toHaveAttribute("href", `/invoices/${idOf(7)}`);
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });

  it("shows the invoice when it was paid in another tab", async () => {
    server.on("listInvoices", pageOf([])).on("openCheckout", () => {
      server.on("listInvoices", pageOf([invoiceOf({ proposal_id: PROPOSAL_ID })]));
      return refusal(409, { detail: "It is paid." });
    });
    await show();
    await userEvent.click(await screen.findByRole("button", { name: PAY }));
    expect(await screen.findByRole("link", { name: /^Invoice/ })).toBeVisible();
    expect(assign).not.toHaveBeenCalled();
  });

  it("says why it cannot begin, and may be tried again", async () => {
    server.on("listInvoices", pageOf([])).on("openCheckout", refusal(503, { detail: "Stripe does not answer; try again shortly." }));
    await show();
    await userEvent.click(await screen.findByRole("button", { name: PAY }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Stripe does not answer; try again shortly.");
    server.on("openCheckout", { payment_intent_id: idOf(8), url: STRIPE });
    await userEvent.click(screen.getByRole("button", { name: PAY }));
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith(STRIPE));
  });
});

describe("coming back from the payment page", () => {
  const intent = (parts: Partial<PaymentIntentOut>) => ({ id: idOf(8), proposal_id: PROPOSAL_ID, status: "PENDING", amount: { amount: 115_000, currency: "ZAR" }, invoice_id: null, ...parts }) as PaymentIntentOut;

  it("waits for the money, then says thank you and hands over the invoice", async () => {
    server.on("getPaymentIntent", () => intent(server.to("getPaymentIntent").length > 1 ? { status: "SUCCEEDED", invoice_id: idOf(7) } : {}));
    server.on("getInvoice", invoiceDetailOf({ id: idOf(7), number: "INV-2026-000001" }));
    await renderPage(<ReturnPage paymentIntentId={idOf(8)} />, { me: { email: "naledi@example.com" } });
    expect(await screen.findByText(/^Confirming your payment of R\s1,150\.00$/)).toBeVisible();
    expect(await screen.findByRole("region", { name: "Thank you for your payment" }, { timeout: 15_000 })).toBeVisible();
    expect(await screen.findByText("INV-2026-000001")).toHaveClass("whitespace-nowrap");
    expect(screen.getByText("Your invoice, marked as paid, is on its way to naledi@example.com.")).toBeVisible();
    expect(screen.getByText("Amount paid").nextElementSibling).toHaveTextContent(/^R\s1,150\.00$/);
    expect(screen.getByText("Your project is now in progress. You can follow the work on its page.")).toBeVisible();
    expect(screen.getByRole("link", { name: "Go to the project" })).toHaveAttribute("href", expect.stringMatching(/^\/projects\/./));
    expect(screen.getByRole("link", { name: "Open invoice" })).toHaveAttribute("href", `/invoices/${idOf(7)}`);
    expect(screen.getByRole("button", { name: "Download PDF" })).toBeVisible();
  }, 20_000);

  it("says that a debit takes days, and offers nothing to pay", async () => {
    server.on("getPaymentIntent", intent({ status: "PROCESSING" }));
    await renderPage(<ReturnPage paymentIntentId={idOf(8)} />);
    expect(await screen.findByRole("region", { name: "Your payment is on its way" })).toHaveTextContent(/Your bank may take several days.*don’t pay again/);
    expect(screen.getByText("Amount").nextElementSibling).toHaveTextContent(/^R\s1,150\.00$/);
    expect(screen.getByRole("link", { name: "Back to the proposal" })).toHaveAttribute("href", `/proposals/${PROPOSAL_ID}`);
  });

  it.each<[string, Partial<PaymentIntentOut>]>([
    ["paid", { status: "SUCCEEDED", invoice_id: idOf(7) }],
    ["on its way", { status: "PROCESSING" }],
    ["failed", { status: "FAILED" }],
  ])("leads who came from the viewing link back to it, %s", async (_, parts) => {
    server.on("getPaymentIntent", intent(parts)).on("getInvoice", invoiceDetailOf({ id: idOf(7) }));
    await renderPage(<PaymentResult paymentIntentId={idOf(8)} back={<a href="/p/a-token">Back to the proposal</a>} />);
    expect(await screen.findByRole("link", { name: "Back to the proposal" })).toHaveAttribute("href", "/p/a-token");
    expect(screen.getAllByRole("link", { name: "Back to the proposal" })).toHaveLength(1);
  });

  it("leads back to the proposal when nothing was charged", async () => {
    server.on("getPaymentIntent", intent({ status: "FAILED" }));
    await renderPage(<ReturnPage paymentIntentId={idOf(8)} />);
    expect(await screen.findByText(/^Your payment of R\s1,150\.00 didn’t go through$/)).toBeVisible();
    expect(screen.getByRole("link", { name: "Back to the proposal" })).toHaveAttribute("href", `/proposals/${PROPOSAL_ID}`);
  });
});
