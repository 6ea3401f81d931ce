import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { MeOut, Permission } from "@/api/generated";
import { session } from "@/lib/session";
import { markSignedIn } from "@/lib/session/signed-in-mark";
import { renderApp } from "@/testing/render-app";
import { idOf, meOf, pageOf, projectOf, versionOf } from "@/testing/samples";
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
