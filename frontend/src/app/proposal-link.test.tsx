import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { session } from "@/lib/session";
import { markSignedIn } from "@/lib/session/signed-in-mark";
import { renderApp } from "@/testing/render-app";
import { idOf, meOf, pageOf, proposalOf, sharedOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";

const server = testServer();
const THANDI = meOf({ permissions: ["proposals:read", "proposals:decide", "proposals:request_changes"] });
const SENT = proposalOf({ id: idOf(6) });
const CHANGES_REQUESTED = { ...SENT, status: "CHANGES_REQUESTED", decided_by_name: "Sipho Dlamini", decided_at: "2026-11-21T10:00:00Z" } as const;

const tokenOf = (serial: number) => `head.${btoa(JSON.stringify({ sub: THANDI.id, serial }))}.signature`;
const tokensOf = (serial: number) => ({ access_token: tokenOf(serial), refresh_token: "refresh", token_type: "bearer" as const, expires_in: 900, expires_at: "2026-11-21T09:00:00Z", email_verified: true });
let tell: ((text: string) => void) | undefined;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  window.capecontrolRefresh = undefined;
  markSignedIn(true);
  tell = undefined;
  server.live = () => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (tell = (text) => controller.enqueue(new TextEncoder().encode(text))) });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  };
  server
    .on("refreshSession", tokensOf(1))
    .on("login", tokensOf(2))
    .on("getMe", THANDI)
    .on("viewSharedProposal", sharedOf(SENT))
    .on("getProposal", SENT)
    .on("listProposals", pageOf([]));
});
afterEach(() => {
  cleanup();
  session.end();
});

const dialog = async (name: string) => within(await screen.findByRole("dialog", { name }, { timeout: 5_000 }));

/** Opens the link as somebody who is signed in, and begins to ask for changes. */
async function askForChanges() {
  renderApp("/p/secret");
  await userEvent.click(await screen.findByRole("button", { name: "Request changes" }, { timeout: 5_000 }));
  const form = await dialog("Request changes");
  await userEvent.type(form.getByLabelText("What should be different?"), "Two phases, please.");
  return form;
}

/** Somebody else of the organization was quicker. */
function decideElsewhere() {
  server.on("viewSharedProposal", sharedOf(CHANGES_REQUESTED)).on("getProposal", CHANGES_REQUESTED);
}

it("asks to sign in again above a proposal whose reader's session is over, keeps the words and then sends them", async () => {
  const form = await askForChanges();
  server
    .on("refreshSession", refusal(401, { detail: "Sign in again." }))
    .on("requestProposalChanges", ({ headers }) => (headers.get("Authorization") === `Bearer ${tokenOf(2)}` ? { next_id: idOf(7) } : refusal(401, { detail: "Sign in again." })));
  await userEvent.click(form.getByRole("button", { name: "Request changes" }));
  const over = await dialog("You were signed out");
  decideElsewhere();
  await userEvent.type(over.getByLabelText("Password"), "Lighthouse-7");
  await userEvent.click(over.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByText(/^Changes requested by Sipho Dlamini on/, undefined, { timeout: 5_000 })).toBeVisible();
  expect(server.to("requestProposalChanges").at(-1)?.body).toEqual({ message: "Two phases, please." });
});

it("shows what somebody else decided, without a reload", async () => {
  renderApp("/p/secret");
  await screen.findByRole("button", { name: "Approve" }, { timeout: 5_000 });
  await vi.waitFor(() => expect(tell).toBeDefined(), { timeout: 5_000 });
  decideElsewhere();
  tell?.(`event: changes\ndata: ${JSON.stringify({ changes: [{ topic: "proposals", id: SENT.id, project_id: SENT.project_id }] })}\n\n`);
  expect(await screen.findByText(/^Changes requested by Sipho Dlamini on/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Approve" })).not.toBeInTheDocument();
});

it("shows how the proposal is when a decision comes too late", async () => {
  const form = await askForChanges();
  decideElsewhere();
  server.on("requestProposalChanges", refusal(409, { detail: "Changes were requested already." }));
  await userEvent.click(form.getByRole("button", { name: "Request changes" }));
  const told = await screen.findByRole("dialog", { name: /^Changes requested by Sipho Dlamini on/ });
  await userEvent.click(within(told).getByRole("button", { name: "Close" }));
  expect(await screen.findByText(/^Changes requested by Sipho Dlamini on/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Request changes" })).not.toBeInTheDocument();
});

it("opens no stream and asks nothing of whom it cannot name for a reader without an account", async () => {
  markSignedIn(false);
  server.on("refreshSession", refusal(401, { detail: "Sign in." }));
  renderApp("/p/secret");
  await screen.findByRole("link", { name: "Sign in to approve" }, { timeout: 5_000 });
  expect(tell).toBeUndefined();
});
