import { onlineManager } from "@tanstack/react-query";
import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MeOut, Permission } from "@/api/generated";
import { getProposalQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { recall, remember } from "@/lib/browser-memory";
import { session } from "@/lib/session";
import { markSignedIn } from "@/lib/session/signed-in-mark";
import { renderApp } from "@/testing/render-app";
import { brandingOf, businessOf, meOf, pageOf, projectOf, proposalOf, taxRateOf, versionOf } from "@/testing/samples";
import { held, refusal, testServer } from "@/testing/server";

const server = testServer();
const OWNER: Permission[] = ["dashboards:read", "projects:read", "proposals:read", "invoices:read"];
const OPERATOR: Permission[] = [...OWNER, "workflow_templates:manage", "audit:read", "organizations:list"];
const AUDITOR: Permission[] = ["audit:read"];

const tokens = { access_token: "access", refresh_token: "refresh", token_type: "bearer" as const, expires_in: 900, email_verified: true };

/** A browser that holds a good refresh cookie of somebody. */
function signedIn(permissions: Permission[], parts: Partial<MeOut> = {}) {
  markSignedIn(true);
  server
    .on("refreshSession", { access_token: "access", refresh_token: "refresh", token_type: "bearer", expires_in: 900, expires_at: "2026-11-21T09:00:00Z" })
    .on("getMe", meOf({ permissions, ...parts }))
    .on("getVersion", versionOf())
    .on("listProjects", pageOf([projectOf({ title: "Lead capture" })]))
    .on("listAuditAreas", { items: [] })
    .on("listAuditEvents", pageOf([]));
}

/** A browser without a session. */
function stranger() {
  server.on("refreshSession", refusal(401, { detail: "Sign in." })).on("discoverSignIn", { methods: ["password"], organization: null }).on("login", tokens);
}

beforeEach(() => {
  localStorage.clear();
  window.capecontrolRefresh = undefined;
  delete document.documentElement.dataset.theme;
});
afterEach(() => {
  // The page goes first: it would follow the end of the session to the sign-in.
  cleanup();
  session.end();
});

const heading = (name: string | RegExp) => screen.findByRole("heading", { level: 1, name }, { timeout: 5_000 });
const places = async () => within(await screen.findByRole("navigation", { name: "Main" })).getAllByRole("link").map((link) => link.textContent);

describe("the frame", () => {
  it.each([
    ["an owner's work", OWNER, "/projects", ["Dashboard", "Projects", "Proposals", "Invoices"]],
    ["an operator's work and the platform", OPERATOR, "/projects", ["Dashboard", "Projects", "Proposals", "Invoices", "Workflows", "Audit log"]],
    ["the audit log alone", AUDITOR, "/audit", ["Audit log"]],
  ])("leads to %s, by permission", async (_, permissions, address, expected) => {
    signedIn(permissions, permissions === OWNER ? {} : { realm: "ADMIN", role: "OPERATOR", organization: null });
    renderApp(address);
    expect(await places()).toEqual(expected);
  });

  it("passes over a permission that only a later release knows", async () => {
    signedIn(["moon:land" as Permission, ...OWNER]);
    renderApp("/projects");
    expect(await places()).toEqual(["Dashboard", "Projects", "Proposals", "Invoices"]);
  });

  it("names the reader, and lets them choose the theme", async () => {
    signedIn(OWNER);
    renderApp("/projects");
    await heading("Projects");
    await userEvent.click(screen.getByRole("button", { name: /Your menu,\s*Thandi Nkosi/ }));
    expect(await screen.findByText("thandi@harbour.example")).toBeVisible();
    expect(screen.getByRole("menuitem", { name: "Your profile" })).toHaveAttribute("href", "/settings/profile");

    await userEvent.click(screen.getByRole("menuitemradio", { name: "Dark" }));
    expect(screen.getByRole("menuitemradio", { name: "Dark" })).toBeChecked();
    expect(document.documentElement.dataset.theme).toBe("dark");
  });

  it("jumps by a few letters, to permitted places only", async () => {
    signedIn(OWNER);
    server.on("listProposals", pageOf([])).on("getGuideIndex", { guides: [] });
    const { router } = renderApp("/projects");
    await heading("Projects");
    await userEvent.keyboard("{Control>}k{/Control}");
    const field = await screen.findByRole("combobox", { name: "Search or jump to" });
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual(["Dashboard", "Projects", "Proposals", "Invoices", "Your profile", "Help"]);

    await userEvent.type(field, "audit");
    expect(screen.queryByRole("option", { name: "Audit log" })).not.toBeInTheDocument();
    expect(screen.getByText("No results for “audit”")).toBeVisible();

    await userEvent.clear(field);
    await userEvent.type(field, "pro{ArrowDown}{Enter}");
    await heading("Proposals");
    expect(router.state.location.pathname).toBe("/proposals");
    await vi.waitFor(() => expect(screen.queryByRole("combobox", { name: "Search or jump to" })).not.toBeInTheDocument());
  });

  it.each([
    ["local", true],
    ["staging", false],
    ["production", false],
  ] as const)("of a %s installation says that it is a demo: %s", async (environment, isShown) => {
    signedIn(OWNER);
    server.on("getVersion", versionOf({ environment }));
    renderApp("/projects");
    await heading("Projects");
    await screen.findByText(/CapeControl 0\.1\.0/);
    expect(screen.queryByText(/Local demo/) !== null).toBe(isShown);
  });
});

describe("whose pages these are", () => {
  const { name: business } = brandingOf();
  const tabOf = (page: string) => vi.waitFor(() => expect(document.title).toBe(page));
  const STAFF = { realm: "ADMIN", role: "OPERATOR", organization: null } as const;

  it.each([
    ["the business's, to a client", OWNER, {}, business, "business"],
    ["the product's, to staff", OPERATOR, STAFF, "CapeControl", undefined],
  ])("is said in the tab, the menu of a phone and the colours: %s", async (_, permissions, parts, name, face) => {
    signedIn(permissions, parts);
    renderApp("/projects");
    await heading("Projects");
    await tabOf(`Projects · ${name}`);
    expect(document.documentElement.dataset.face).toBe(face);
    expect(document.documentElement.style.getPropertyValue("--accent")).toBe(face ? `light-dark(${brandingOf().light.accent}, ${brandingOf().dark.accent})` : "");
    await userEvent.click(screen.getByRole("button", { name: "Open the menu" }));
    expect(within(await screen.findByRole("dialog")).getByRole("heading", { name })).toBeVisible();
  });

  it("is the business's on a page that is not there, which leads a visitor home", async () => {
    stranger();
    server.on("getVersion", versionOf());
    renderApp("/nowhere");
    await heading("Page not found");
    await tabOf(`Page not found · ${business}`);
    expect(screen.getByRole("link", { name: `${business} home page` })).toBeVisible();
    expect(screen.getByRole("link", { name: "Go to the home page" })).toHaveAttribute("href", "/");
    expect(document.body).not.toHaveTextContent("CapeControl");
  });

  it.each([
    ["no invoice", "/invoices/0199aaaa-0000-7000-8000-000000000001", "Invoice not found"],
    ["no proposal", "/proposals/0199aaaa-0000-7000-8000-000000000001", "Proposal not found"],
    ["no page", "/nowhere/at/all", "Page not found"],
  ])("is the business's where there is %s, and a reader keeps the app around it", async (_, address, title) => {
    signedIn(OWNER);
    for (const operation of ["getInvoice", "getProposal"] as const) server.on(operation, refusal(404, { detail: "Not found." }));
    renderApp(address);
    await heading(title);
    await tabOf(`${title} · ${business}`);
    expect(await places()).toEqual(["Dashboard", "Projects", "Proposals", "Invoices"]);
    expect(screen.getByRole("link", { name: "Go to the dashboard" })).toHaveAttribute("href", "/dashboard");
    await userEvent.click(within(screen.getByRole("main")).getByRole("button", { name: "Search" }));
    expect(await screen.findByRole("combobox", { name: "Search or jump to" })).toBeVisible();
    await userEvent.keyboard("{Escape}");
  });

  it("is the business's on a page that is not there for whoever has still to be welcomed", async () => {
    signedIn([], { onboarding: { completed: false, steps: [{ name: "welcome", completed_at: null }] } });
    renderApp("/nowhere");
    await heading("Page not found");
    expect(screen.queryByRole("navigation", { name: "Main" })).not.toBeInTheDocument();
  });

  it.each([
    ["an owner", "OWNER", /^Your role doesn’t include it\. If you need it, \.$/],
    ["another member", "USER", /^Your role doesn’t include it\. If you need it, ask an owner of Harbour Logistics or/],
  ] as const)("is the business's where the role of %s does not reach", async (_who, role, words) => {
    signedIn(OWNER, { role });
    renderApp("/audit");
    await heading("You don’t have access to this");
    await tabOf(`No access · ${business}`);
    expect(screen.getByText(words)).toBeVisible();
    expect(screen.getByRole("link", { name: `contact ${business}` })).toBeVisible();
    expect(screen.getByRole("link", { name: "Go to the dashboard" })).toHaveAttribute("href", "/dashboard");
  });

  it("is not said before it is known who is reading", async () => {
    signedIn(OPERATOR, STAFF);
    const answer = held(meOf({ permissions: OPERATOR, ...STAFF }));
    server.on("getMe", answer.answer);
    renderApp("/projects");
    await screen.findByRole("heading", { level: 1, name: "Loading" });
    expect(screen.getByRole("banner").textContent).toBe("");
    answer.release();
    await heading("Projects");
  });
});

describe("the session", () => {
  it("is asked for before a page, and leads back to it after the sign-in", async () => {
    stranger();
    server.on("getMe", meOf({ permissions: OWNER })).on("getVersion", versionOf()).on("listProjects", pageOf([projectOf()]));
    const { router } = renderApp("/projects?status=DRAFT");
    await userEvent.type(await screen.findByLabelText("E-mail address"), "thandi@harbour.example");
    await userEvent.click(screen.getByRole("button", { name: "Continue" }));
    await userEvent.type(await screen.findByLabelText("Password"), "Lighthouse-7");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await heading("Projects");
    expect(router.state.location.href).toBe("/projects?status=DRAFT");
    expect(server.to("listProjects")[0]?.headers.get("Authorization")).toBe("Bearer access");
    expect(server.to("login")[0]?.body).toEqual({ email: "thandi@harbour.example", password: "Lighthouse-7", remember_me: false });
  });

  it("is renewed by the cookie when a page is loaded anew", async () => {
    signedIn(OWNER);
    renderApp("/projects");
    await heading("Projects");
    expect(server.to("refreshSession")).toHaveLength(1);
    expect(server.to("getMe")[0]?.headers.get("Authorization")).toBe("Bearer access");
  });

  it("was renewed before the page's files were there: it is not asked for again", async () => {
    signedIn(OWNER);
    const early = Response.json({ access_token: "early", expires_in: 900 });
    window.capecontrolRefresh = Promise.resolve({ answer: early, at: Date.now() });
    renderApp("/projects");
    await heading("Projects");
    expect(server.to("refreshSession")).toHaveLength(0);
    expect(server.to("listProjects")[0]?.headers.get("Authorization")).toBe("Bearer early");
  });

  it("that could not be renewed early is asked for as ever", async () => {
    signedIn(OWNER);
    window.capecontrolRefresh = Promise.resolve({ answer: new Response("", { status: 503 }), at: Date.now() });
    renderApp("/projects");
    await heading("Projects");
    expect(server.to("refreshSession")).toHaveLength(1);
  });

  it("asks who is reading and what the page shows at once, and shows it to whom it is for", async () => {
    const { answer, release } = held(meOf({ permissions: OWNER }));
    signedIn(OWNER);
    server.on("getMe", answer);
    renderApp("/projects");
    await vi.waitFor(() => expect(server.to("listProjects")).toHaveLength(1));
    expect(screen.queryByRole("navigation", { name: "Main" })).not.toBeInTheDocument();
    release();
    await heading("Projects");
  });

  it.each<[string, Permission[]]>([
    ["in a browser that nobody has used yet", []],
    ["in the browser of somebody who has one", OWNER],
  ])("of somebody without a dashboard asks for none, %s", async (_, before) => {
    if (before.length > 0) {
      signedIn(before);
      renderApp("/projects");
      await heading("Projects");
      cleanup();
      // Who reads is known before the page is, as after signing in.
      signedIn(AUDITOR, { realm: "ADMIN", role: "AUDITOR", organization: null });
      renderApp("/audit");
      await heading("Audit log");
      cleanup();
    }
    signedIn(AUDITOR, { realm: "ADMIN", role: "AUDITOR", organization: null });
    server.on("getDashboard", refusal(403, { detail: "Your role does not include it." }));
    const { router } = renderApp("/dashboard");
    await heading("Audit log");
    expect(router.state.location.pathname).toBe("/audit");
    expect(server.to("getDashboard")).toHaveLength(0);
  });

  it("of somebody with a dashboard asks for it at once, from the second time on", async () => {
    const { answer, release } = held(meOf({ permissions: OPERATOR }));
    signedIn(OPERATOR);
    renderApp("/projects");
    await heading("Projects");
    cleanup();
    signedIn(OPERATOR);
    server.on("getMe", answer).on("getDashboard", refusal(503, { detail: "Later." }));
    renderApp("/dashboard");
    await vi.waitFor(() => expect(server.to("getDashboard")).toHaveLength(1));
    release();
  });

  it("that cannot be asked for says so in a frame, with a way on, and begins when it can", async () => {
    signedIn(OWNER);
    server.on("refreshSession", () => Promise.reject(new TypeError("offline")));
    renderApp("/projects");
    await heading("This couldn’t be loaded");
    expect(await screen.findByRole("link", { name: `${brandingOf().name} home page` })).toBeVisible();
    expect(screen.getByRole("link", { name: "Go to the home page" })).toHaveAttribute("href", "/");
    signedIn(OWNER);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await heading("Projects");
  });

  it.each([
    ["the server does not answer", () => Promise.reject(new TypeError("offline"))],
    ["it is overloaded", () => new Response(JSON.stringify({ type: "unavailable", title: "This is temporarily unavailable", status: 503 }), { status: 503, headers: { "Content-Type": "application/problem+json", "Retry-After": "2" } })],
  ])("is asked for again by itself where %s", async (_, answer) => {
    signedIn(OWNER);
    server.on("refreshSession", answer);
    renderApp("/projects");
    await heading("This couldn’t be loaded");
    expect(await screen.findByRole("link", { name: `${brandingOf().name} home page` })).toBeVisible();
    expect(screen.getByRole("timer")).toHaveTextContent(/^Trying again in \d+ seconds?…$/);
    signedIn(OWNER);
    act(() => {
      onlineManager.setOnline(false);
      onlineManager.setOnline(true);
    });
    await heading("Projects");
  });

  it("that a person ends leads to the sign-in, and the next one to the app", async () => {
    signedIn(OWNER);
    const { router } = renderApp("/projects");
    await heading("Projects");
    server.on("logout", { message: "Signed out." }).on("discoverSignIn", { methods: ["password"], organization: null }).on("login", tokens);
    await userEvent.click(screen.getByRole("button", { name: /Your menu/ }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));
    await heading("Sign in");
    expect(router.state.location.search).toEqual({});
    // Whose pages these are was forgotten with all else, and is asked anew.
    expect(await screen.findByText("Enter your e-mail address to continue to Northstar Automation.")).toBeVisible();
  });

  it("that somebody ends to use another account leads the next one back", async () => {
    signedIn(OWNER);
    server.on("logout", { message: "Signed out." }).on("refreshSession", refusal(401, { detail: "Sign in." }));
    remember("recent-records", { userId: meOf().id, records: [{ kind: "project", id: projectOf().id, title: "Lead capture", code: "PRJ-2026-019" }] });
    const { router } = renderApp("/logout?next=%2Fp%2Fsecret");
    await heading("Sign in");
    expect(recall("recent-records")).toBeNull();
    expect(router.state.location.search).toEqual({ next: "/p/secret" });
  });

  it("ends here although the server cannot be told", async () => {
    signedIn(OWNER);
    renderApp("/projects");
    await heading("Projects");
    server.on("logout", refusal(503, { detail: "Try again shortly." })).on("refreshSession", refusal(401, { detail: "Sign in." }));
    await userEvent.click(screen.getByRole("button", { name: /Your menu/ }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Sign out" }));
    await heading("Sign in");
    expect(session.isOpen).toBe(false);
    expect(screen.getByRole("alert")).toHaveTextContent("We couldn’t reach the server, so you may still be signed in. Sign out again before you leave this device.");
    server.on("logout", { message: "Signed out." });
    await userEvent.click(screen.getByRole("link", { name: "Sign out again" }));
    expect(await screen.findByText("Enter your e-mail address to continue to Northstar Automation.")).toBeVisible();
    expect(server.to("refreshSession")).toHaveLength(1);
  });
});

describe("the onboarding", () => {
  it("comes before the app at the first sign-in, which asks for nothing of the app", async () => {
    stranger();
    const steps = [{ name: "welcome" as const, completed_at: null }];
    server.on("getVersion", versionOf()).on("getMe", meOf({ permissions: OWNER, onboarding: { completed: false, steps } })).on("getDashboard", refusal(403, { detail: "Finish the onboarding." }));
    const { router } = renderApp("/login");
    await userEvent.type(await screen.findByLabelText("E-mail address"), "thandi@harbour.example");
    await userEvent.click(screen.getByRole("button", { name: "Continue" }));
    await userEvent.type(await screen.findByLabelText("Password"), "Lighthouse-7");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await vi.waitFor(() => expect(router.state.location.pathname).toBe("/onboarding/welcome"), { timeout: 5_000 });
    expect(server.received.map(({ operation }) => operation)).not.toContain("getDashboard");
  });

  it("comes before the app, at the step that is due", async () => {
    const steps = (["welcome", "profile", "checklist", "guide"] as const).map((name, index) => ({ name, completed_at: index < 2 ? "2026-11-21T08:00:00Z" : null }));
    signedIn([], { onboarding: { completed: false, steps } });
    const { router } = renderApp("/projects");
    await heading("What happens next");
    expect(router.state.location.pathname).toBe("/onboarding/checklist");
  });
});

describe("a draft that a colleague sends", () => {
  it("stays in the hands of whoever is writing", async () => {
    const draft = proposalOf({ status: "DRAFT" });
    signedIn(["proposals:read", "proposals:write"], { realm: "ADMIN", role: "OPERATOR", organization: null });
    server.on("getBusiness", businessOf()).on("listTaxRates", { items: [taxRateOf()] }).on("getProposal", draft);
    const { queryClient } = renderApp(`/proposals/${draft.id}`);
    await heading(draft.title);
    expect(screen.getByText("Version 1")).toBeVisible();
    await userEvent.type(screen.getByLabelText("Title"), ", as I want it");
    act(() => void queryClient.setQueryData(getProposalQueryKey({ path: { proposal_id: draft.id } }), { ...draft, status: "SENT", revision: 4 }));
    expect(await screen.findByText(/Your changes were not saved\.$/)).toBeVisible();
    expect(screen.getByLabelText("Title")).toHaveValue(`${draft.title}, as I want it`);
  });
});
