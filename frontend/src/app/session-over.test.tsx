import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Permission } from "@/api/generated";
import { session } from "@/lib/session";
import { lastReader, markReader } from "@/lib/session/last-reader";
import { markSignedIn } from "@/lib/session/signed-in-mark";
import { renderApp } from "@/testing/render-app";
import { idOf, meOf, pageOf, projectOf, versionOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";

const server = testServer();
const PERMISSIONS: Permission[] = ["projects:read", "projects:create", "proposals:read", "organizations:list"];
const THANDI = meOf({ realm: "ADMIN", role: "OPERATOR", organization: null, permissions: PERMISSIONS });
const CLIENT = { id: idOf(3), name: "Harbour Logistics", domain: "harbour", plan: "FREE" as const, status: "ACTIVE" as const };

/** An access token of somebody, as far as a page reads it. */
const tokenOf = (person: string, serial: number) => `head.${btoa(JSON.stringify({ sub: person, serial }))}.signature`;
const tokensOf = (person: string, serial: number) => ({ access_token: tokenOf(person, serial), refresh_token: "refresh", token_type: "bearer" as const, expires_in: 900, expires_at: "2026-11-21T09:00:00Z", email_verified: true });

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  window.capecontrolRefresh = undefined;
  markSignedIn(true);
  server
    .on("refreshSession", tokensOf(THANDI.id, 1))
    .on("getMe", THANDI)
    .on("getVersion", versionOf())
    .on("listProjects", pageOf([projectOf({ title: "Lead capture" })]))
    .on("listProposals", pageOf([]))
    .on("listOrganizations", pageOf([CLIENT as never]))
    .on("login", tokensOf(THANDI.id, 2));
});
afterEach(() => {
  cleanup();
  session.end();
});

const heading = (name: string) => screen.findByRole("heading", { level: 1, name }, { timeout: 5_000 });
const dialog = async (name = "You were signed out") => within(await screen.findByRole("dialog", { name }, { timeout: 5_000 }));
const panel = async () => within(await screen.findByRole("dialog", { name: "New project" }, { timeout: 5_000 }));

/** The server knows the session no more: neither the token nor the cookie. */
function endSession() {
  const isOver = ({ headers }: { headers: Headers }) => headers.get("Authorization") !== `Bearer ${tokenOf(THANDI.id, 2)}`;
  const gone = () => refusal(401, { detail: "Sign in again." });
  server
    .on("refreshSession", gone())
    .on("getMe", (request) => (isOver(request) ? gone() : THANDI))
    .on("listProposals", (request) => (isOver(request) ? gone() : pageOf([])))
    .on("createProject", (request) => (isOver(request) ? gone() : projectOf({ title: "Reports" })))
    .on("getProject", projectOf({ title: "Reports" }))
    .on("listProjectActivity", { items: [], next_cursor: null, total: 0, total_capped: false, page: null, pages: null })
    .on("listInvoices", pageOf([]))
    .on("listWorkflows", pageOf([]));
}

async function typeProject() {
  renderApp("/projects");
  await heading("Projects");
  await userEvent.click(screen.getByRole("button", { name: "New project" }));
  const form = await panel();
  await userEvent.type(form.getByLabelText("Client"), "Harb");
  await userEvent.click(await screen.findByRole("option", { name: /Harbour Logistics/ }));
  await userEvent.type(form.getByLabelText("Title"), "Reports");
  return form;
}

async function signInAgain() {
  const over = await dialog();
  await userEvent.type(over.getByLabelText("Password"), "Lighthouse-7");
  await userEvent.click(over.getByRole("button", { name: "Sign in" }));
}

describe("a session that the server ends", () => {
  it("asks for the password above the page, and then sends what was being saved, once", async () => {
    const form = await typeProject();
    endSession();
    await userEvent.click(form.getByRole("button", { name: "Create project" }));
    const over = await dialog();
    expect(over.getByText("Your session expired or was ended on another device. Sign in to continue. This page is as you left it.")).toBeVisible();
    expect(over.getByLabelText("E-mail address")).toHaveValue(THANDI.email);
    await signInAgain();
    await vi.waitFor(() => expect(server.to("createProject")).toHaveLength(2));
    const [refused, made] = server.to("createProject");
    expect(made?.body).toMatchObject({ title: "Reports", org_id: CLIENT.id });
    expect(made?.headers.get("Idempotency-Key")).toBe(refused?.headers.get("Idempotency-Key"));
    expect(server.to("login")[0]?.body).toEqual({ email: THANDI.email, password: "Lighthouse-7" });
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("leaves what is below as it is: neither Escape nor a press closes anything", async () => {
    const form = await typeProject();
    endSession();
    await userEvent.click(form.getByRole("button", { name: "Create project" }));
    const over = await dialog();
    await userEvent.click(over.getByLabelText("Password"));
    await userEvent.keyboard("{Escape}");
    expect(screen.getByRole("dialog", { name: "You were signed out" })).toBeVisible();
    expect(screen.queryByText("Leave without saving?")).not.toBeInTheDocument();
    expect(form.getByLabelText("Title")).toHaveValue("Reports");
  });

  it("takes a wrong password as one", async () => {
    const form = await typeProject();
    endSession();
    server.on("login", refusal(401, { detail: "Incorrect e-mail address or password" }));
    await userEvent.click(form.getByRole("button", { name: "Create project" }));
    await signInAgain();
    const over = await dialog();
    expect(await over.findByRole("alert")).toHaveTextContent("Incorrect e-mail address or password");
    expect(session.standing).toBe("LAPSED");
  });

  it("goes on to the page that was chosen", async () => {
    const { router } = renderApp("/projects");
    await heading("Projects");
    endSession();
    await userEvent.click(screen.getByRole("link", { name: "Proposals" }));
    await signInAgain();
    await heading("Proposals");
    expect(router.state.location.pathname).toBe("/proposals");
  });

  it("says why while nobody does anything, where the server tells", async () => {
    let tell: ((text: string) => void) | undefined;
    server.live = () => {
      const body = new ReadableStream<Uint8Array>({ start: (controller) => void (tell = (text) => controller.enqueue(new TextEncoder().encode(text))) });
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    };
    renderApp("/projects");
    await heading("Projects");
    await vi.waitFor(() => expect(tell).toBeDefined());
    endSession();
    tell?.('event: end\ndata: {"reason":"SUSPENDED"}\n\n');
    expect((await dialog()).getByText(/^Your organization was suspended\./)).toBeVisible();
  });

  it("warns whoever leaves for another account, and leaves nothing behind", async () => {
    const form = await typeProject();
    endSession();
    server.on("discoverSignIn", { methods: ["password"], organization: null });
    await userEvent.click(form.getByRole("button", { name: "Create project" }));
    await userEvent.click((await dialog()).getByRole("button", { name: "Use another account" }));
    const warning = await dialog("Leave this page?");
    expect(warning.getByText(/^Anything you haven’t saved here will be lost\./)).toBeVisible();
    await userEvent.click(warning.getByRole("button", { name: "Go back" }));
    await userEvent.click((await dialog()).getByRole("button", { name: "Use another account" }));
    await userEvent.click((await dialog("Leave this page?")).getByRole("button", { name: "Leave page" }));
    await heading("Sign in");
    expect(screen.getByLabelText("E-mail address")).toHaveValue("");
    expect(sessionStorage.getItem("capecontrol.unsaved")).toBeNull();
    expect(lastReader()).toBeUndefined();
  });

  it("goes on by itself once its person has signed in in another tab", async () => {
    const form = await typeProject();
    endSession();
    await userEvent.click(form.getByRole("button", { name: "Create project" }));
    await dialog();
    act(() => session.hear({ kind: "renewed", token: { value: tokenOf(THANDI.id, 2), expiresAt: Date.now() + 900_000 } }));
    await vi.waitFor(() => expect(server.to("createProject")).toHaveLength(2));
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it.each([
    ["that the server ended", 401],
    ["that it does not take from this address of the installation", 403],
  ])("%s is told after a reload, with the address kept", async (_, status) => {
    markReader(THANDI.email);
    endSession();
    server.on("refreshSession", refusal(status, { detail: "Sign in again." }));
    const { router } = renderApp("/projects?status=DRAFT");
    await heading("Sign in");
    expect(screen.getByRole("alert")).toHaveTextContent("You were signed out. Sign in to go back to the page you were on.");
    expect(screen.getByLabelText("E-mail address")).toHaveValue(THANDI.email);
    expect(router.state.location.search).toEqual({ next: "/projects?status=DRAFT", ended: true });
  });

  it("is none to somebody who was not signed in", async () => {
    server.on("refreshSession", refusal(401, { detail: "Sign in." }));
    const { router } = renderApp("/projects");
    await heading("Sign in");
    expect(router.state.location.search).toEqual({ next: "/projects" });
  });
});

describe("a page whose browser somebody else has signed in with", () => {
  const SIPHO = idOf(9);

  it.each([
    ["in another tab", () => session.hear({ kind: "renewed", token: { value: tokenOf(SIPHO, 1), expiresAt: Date.now() + 900_000 } })],
    ["unnoticed, as the next renewal tells", () => {
      server.on("refreshSession", tokensOf(SIPHO, 1));
      void session.renew(tokenOf(THANDI.id, 1));
    }],
  ])("shows nothing of the person whose it was: %s", async (_, take) => {
    await typeProject();
    await act(async () => {
      take();
      await Promise.resolve();
    });
    await heading("Another account is signed in");
    expect(screen.getByRole("alert")).toHaveTextContent("so this page was closed");
    expect(document.body).not.toHaveTextContent("Lead capture");
    expect(screen.queryByDisplayValue("Reports")).not.toBeInTheDocument();
    expect(await session.current()).toBeNull();
    expect(sessionStorage.getItem("capecontrol.unsaved")).toBeNull();
  });

  it("sends nothing with the other account's token", async () => {
    const form = await typeProject();
    endSession();
    await userEvent.click(form.getByRole("button", { name: "Create project" }));
    await dialog();
    act(() => session.hear({ kind: "renewed", token: { value: tokenOf(SIPHO, 1), expiresAt: Date.now() + 900_000 } }));
    await heading("Another account is signed in");
    expect(server.to("createProject")).toHaveLength(1);
    expect(server.received.some(({ headers }) => headers.get("Authorization") === `Bearer ${tokenOf(SIPHO, 1)}`)).toBe(false);
  });
});
