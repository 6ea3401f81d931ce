import { createBrowserHistory } from "@tanstack/react-router";
import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MeOut, Permission } from "@/api/generated";
import { session } from "@/lib/session";
import { markSignedIn } from "@/lib/session/signed-in-mark";
import { renderApp } from "@/testing/render-app";
import { businessOf, idOf, meOf, pageOf, projectOf, versionOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";

const server = testServer();
const PERMISSIONS: Permission[] = ["projects:read", "projects:create", "organizations:list"];
const TOKENS = { access_token: "access", refresh_token: "refresh", token_type: "bearer" as const, expires_in: 900, expires_at: "2026-11-21T09:00:00Z", email_verified: true };
const STAFF = { realm: "ADMIN", role: "OPERATOR", organization: null, permissions: PERMISSIONS } as const;
const THANDI = meOf({ ...STAFF, permissions: PERMISSIONS });
const SIPHO = meOf({ ...STAFF, permissions: PERMISSIONS, id: idOf(9), email: "sipho@northstar.example", full_name: "Sipho Dlamini" });

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  window.capecontrolRefresh = undefined;
  markSignedIn(true);
  server
    .on("refreshSession", TOKENS)
    .on("login", TOKENS)
    .on("logout", { message: "Signed out." })
    .on("discoverSignIn", { methods: ["password"], organization: null })
    .on("getVersion", versionOf())
    .on("listProjects", pageOf([projectOf()]))
    .on("listOrganizations", pageOf([]));
});
afterEach(() => {
  cleanup();
  session.end();
});

const heading = (name: string) => screen.findByRole("heading", { level: 1, name }, { timeout: 5_000 });
const panel = async () => within(await screen.findByRole("dialog", { name: "New project" }, { timeout: 5_000 }));
const stored = () => sessionStorage.getItem("capecontrol.unsaved") ?? "";

/** Types into a new project, until the server ends the session. */
async function typeUntilEnded() {
  server.on("getMe", THANDI);
  renderApp("/projects");
  await heading("Projects");
  await userEvent.click(screen.getByRole("button", { name: "New project" }));
  await userEvent.type((await panel()).getByLabelText("Title"), "Lead capture for the spring");
  server.on("refreshSession", refusal(401, { detail: "Sign in." }));
  session.end();
  await heading("Sign in");
}

async function signInAs(me: MeOut) {
  server.on("getMe", me);
  const address = screen.getByLabelText("E-mail address");
  await userEvent.clear(address);
  await userEvent.type(address, me.email);
  await userEvent.click(screen.getByRole("button", { name: "Continue" }));
  await userEvent.type(await screen.findByLabelText("Password"), "Lighthouse-7");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

it("is there again after signing in as the same person, until it is discarded", async () => {
  await typeUntilEnded();
  expect(screen.getByRole("alert")).toHaveTextContent("You were signed out. Sign in within an hour to go on with what you were typing.");
  await signInAs(THANDI);
  const again = await panel();
  expect(again.getByLabelText("Title")).toHaveValue("Lead capture for the spring");
  expect(again.getByText("We kept what you typed")).toBeVisible();
  await userEvent.click(again.getByRole("button", { name: "Discard" }));
  expect(again.getByLabelText("Title")).toHaveValue("");
  expect(again.queryByText("We kept what you typed")).not.toBeInTheDocument();
  await userEvent.type(again.getByLabelText("Title"), "Reports");
  expect(again.queryByText("We kept what you typed")).not.toBeInTheDocument();
  expect(stored()).not.toContain("Lead capture for the spring");
});

it("is never shown to another person, who leaves nothing of it behind", async () => {
  await typeUntilEnded();
  expect(stored()).toContain("Lead capture for the spring");
  await signInAs(SIPHO);
  await heading("Projects");
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  expect(stored()).not.toContain("Lead capture for the spring");
});

it("is not kept by whoever leaves it, or signs out", async () => {
  server.on("getMe", THANDI);
  renderApp("/projects");
  await heading("Projects");
  await userEvent.click(screen.getByRole("button", { name: "New project" }));
  await userEvent.type((await panel()).getByLabelText("Title"), "Lead capture for the spring");
  await userEvent.click((await panel()).getByRole("button", { name: "Cancel" }));
  await userEvent.click(await screen.findByRole("button", { name: "Discard changes" }));
  await userEvent.click(screen.getByRole("button", { name: /Your menu/ }));
  server.on("refreshSession", refusal(401, { detail: "Sign in." }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  await heading("Sign in");
  await vi.waitFor(() => expect(session.isOpen).toBe(false));
  expect(stored()).not.toContain("Lead capture for the spring");
});

describe("while the password is asked for", () => {
  const BANK = { account_name: "Northstar", bank_name: "", number: "62012345678", bic: "", branch_code: "", note: "" };
  const address = () => `${window.location.pathname}${window.location.search}`;
  const question = () => screen.queryByRole("dialog", { name: "Leave without saving?" });

  /** Comes to Money from Brand in a browser with a history, and saves another account name, until the password is asked for. */
  async function saveBank({ isMoreChanged = false } = {}) {
    server
      .on("getMe", meOf({ ...STAFF, permissions: ["business:read", "business:write"] }))
      .on("getBusiness", businessOf({ bank: BANK }))
      .on("listTaxRates", { items: [] })
      .on("changeBankDetails", () => refusal(403, { type: "auth/confirmation-required", detail: "Enter your password to continue." }));
    window.history.replaceState(null, "", "/admin/business?section=brand");
    const history = createBrowserHistory();
    renderApp("", history);
    await userEvent.click(await screen.findByRole("link", { name: "Money" }, { timeout: 5_000 }));
    const name = await screen.findByLabelText("Account name");
    await userEvent.clear(name);
    await userEvent.type(name, "Harbour");
    if (isMoreChanged) await userEvent.type(screen.getByLabelText("Standard terms optional"), "Net 7");
    await userEvent.click(screen.getByRole("button", { name: "Save bank details" }));
    await screen.findByRole("dialog", { name: "Confirm it’s you" }, { timeout: 5_000 });
    return history;
  }

  it.each([{ isMoreChanged: false }, { isMoreChanged: true }])("going back only cancels it, and going back once more asks as ever: %o", async (given) => {
    const history = await saveBank(given);
    act(() => window.history.back());
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await vi.waitFor(() => expect(address()).toBe("/admin/business?section=money"));
    expect(screen.getByLabelText("Account name")).toHaveValue("Harbour");
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();

    act(() => window.history.back());
    await vi.waitFor(() => expect(question()).toBeVisible());
    await userEvent.click(screen.getByRole("button", { name: "Discard changes" }));
    await vi.waitFor(() => expect(address()).toBe("/admin/business?section=brand"));
    expect(server.to("changeBankDetails")).toHaveLength(1);
    history.destroy();
  });

  it("the browser asks before it closes or reloads the page", async () => {
    const history = await saveBank();
    const unload = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(unload);
    expect(unload.defaultPrevented).toBe(true);
    history.destroy();
  });
});
