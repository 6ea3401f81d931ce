import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { createBrowserHistory } from "@tanstack/react-router";
import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Permission } from "@/api/generated";
import { session } from "@/lib/session";
import { markSignedIn } from "@/lib/session/signed-in-mark";
import { renderApp } from "@/testing/render-app";
import { businessOf, meOf, pageOf, projectOf, taxRateOf, versionOf } from "@/testing/samples";
import { testServer } from "@/testing/server";

const server = testServer();
const PERMISSIONS: Permission[] = ["projects:read", "projects:create", "proposals:read", "organizations:list", "business:read", "business:write"];
const TOKENS = { access_token: "access", refresh_token: "refresh", token_type: "bearer" as const, expires_in: 900, expires_at: "2026-11-21T09:00:00Z" };

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  window.capecontrolRefresh = undefined;
  markSignedIn(true);
  server
    .on("refreshSession", TOKENS)
    .on("getMe", meOf({ realm: "ADMIN", role: "OPERATOR", organization: null, permissions: PERMISSIONS }))
    .on("getVersion", versionOf())
    .on("listProjects", pageOf([projectOf()]))
    .on("listProposals", pageOf([]))
    .on("listOrganizations", pageOf([]))
    .on("getBusiness", businessOf())
    .on("listTaxRates", { items: [taxRateOf()] });
});
afterEach(() => {
  cleanup();
  session.end();
});

const heading = (name: string) => screen.findByRole("heading", { level: 1, name }, { timeout: 5_000 });
const question = () => screen.findByRole("dialog", { name: "Leave without saving?" });

describe("text in a panel", () => {
  /** Comes to the projects from the proposals in a browser with a history, and types into a new project. */
  async function typeProject() {
    window.history.replaceState(null, "", "/proposals");
    const history = createBrowserHistory();
    renderApp("", history);
    await heading("Proposals");
    await userEvent.click(screen.getByRole("link", { name: "Projects" }));
    await heading("Projects");
    await userEvent.click(screen.getByRole("button", { name: "New project" }));
    const panel = within(await screen.findByRole("dialog", { name: "New project" }, { timeout: 5_000 }));
    await userEvent.type(panel.getByLabelText("Title"), "Reports");
    return { history, panel };
  }

  it.each([
    ["Escape", () => userEvent.keyboard("{Escape}")],
    ["Cancel", async () => userEvent.click(screen.getByRole("button", { name: "Cancel" }))],
    ["its cross", async () => userEvent.click(screen.getByRole("button", { name: "Close" }))],
    ["a press beside it", async () => userEvent.click(document.body)],
    [
      "going back",
      () => {
        act(() => window.history.back());
        return Promise.resolve();
      },
    ],
  ])("is asked about before it is lost by %s", async (_, leave) => {
    const { history, panel } = await typeProject();
    await leave();
    await userEvent.click(within(await question()).getByRole("button", { name: "Keep editing" }));
    expect(panel.getByLabelText("Title")).toHaveValue("Reports");
    expect(window.location.pathname).toBe("/projects");
    await leave();
    await userEvent.click(within(await question()).getByRole("button", { name: "Discard changes" }));
    await vi.waitFor(() => expect(screen.queryByRole("dialog", { name: "Leave without saving?" })).not.toBeInTheDocument());
    history.destroy();
  });

  it("is asked about before the browser closes or reloads the page", async () => {
    const { history } = await typeProject();
    const unload = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(unload);
    expect(unload.defaultPrevented).toBe(true);
    history.destroy();
  });
});

it("asks before a rate that was typed is lost", async () => {
  const { router } = renderApp("/admin/business?section=money");
  await heading("Business");
  await userEvent.type(await screen.findByLabelText("Rate (%)"), "15");
  await userEvent.click(screen.getByRole("link", { name: "Projects" }));
  await userEvent.click(within(await question()).getByRole("button", { name: "Keep editing" }));
  expect(screen.getByLabelText("Rate (%)")).toHaveValue("15");
  expect(router.state.location.pathname).toBe("/admin/business");
});

it("guards every panel and dialog that has a form", () => {
  const source = path.resolve(import.meta.dirname, "..");
  const sources = globSync(["features/**/*.tsx", "lib/**/*.tsx"], { cwd: source }).map((file) => [file, readFileSync(path.join(source, file), "utf8")] as const);
  /** What they ask for is a password, which nobody wants kept or loses anything by. */
  const PASSWORDS = ["confirm-identity.tsx", "sign-in-again.tsx"];
  const withForm = sources.filter(([file, text]) => !file.includes(".test.") && /<(Dialog|SidePanel)\b/.test(text) && /<(Form|Field|Input|Textarea)\b/.test(text));
  const bare = withForm.filter(([file, text]) => !text.includes("useCloseGuard(") && !PASSWORDS.some((name) => file.endsWith(name)));
  expect(bare.map(([file]) => file)).toEqual([]);
  expect(withForm.length).toBeGreaterThan(8);
});
