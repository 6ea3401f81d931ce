import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AuditEventOut } from "@/api/generated";
import { client } from "@/api/generated/client.gen";
import { toApiError } from "@/lib/problem";
import { meOptions } from "@/lib/session/me";
import { UiProvider } from "@/ui/ui-provider";
import { AuditPage } from "./audit-page";
import type { AuditFilter } from "./queries";

const EVENT: AuditEventOut = {
  id: "0199-event",
  timestamp: "2026-11-21T08:00:00Z",
  actor_id: "0199-actor",
  actor_type: "USER",
  actor: "operator@demo.test",
  action: "project.created",
  resource: "project/0199-project",
  resource_type: "project",
  resource_id: "0199-project",
  outcome: "SUCCESS",
  org_id: null,
  ip_address: "192.0.2.7",
  request_id: "0199-request",
  metadata: { code: "PRJ-2026-001" },
};
const AREAS = { items: [{ action: "project.", label: "Projects" }, { action: "execution.", label: "Runs" }] };
const listOf = (items: AuditEventOut[], pages = 1) => ({ items, next_cursor: null, total: items.length, total_capped: false, page: 1, pages });

let asked: URL[] = [];
function answerWith(status: number, body: object, csv: () => Response = () => new Response("id,timestamp\n", { headers: { "Content-Type": "text/csv" } })) {
  client.setConfig({
    baseUrl: "http://capecontrol.test",
    fetch: (input) => {
      const url = new URL((input as Request).url);
      asked.push(url);
      if (url.pathname.endsWith("/areas")) return Promise.resolve(Response.json(AREAS));
      return Promise.resolve(url.pathname.endsWith(".csv") ? csv() : Response.json(body, { status }));
    },
  });
}

function show(filter: AuditFilter = {}) {
  const onFilter = vi.fn();
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  // An auditor: reads the log, and may not list the organizations.
  queryClient.setQueryData(meOptions().queryKey, { permissions: ["audit:read"] } as never);
  render(
    <QueryClientProvider client={queryClient}>
      <UiProvider>
        <AuditPage filter={filter} onFilter={onFilter} />
      </UiProvider>
    </QueryClientProvider>,
  );
  return onFilter;
}
const queryOf = (url: URL | undefined) => Object.fromEntries(url?.searchParams ?? []);

const asApiError = (error: unknown, response: Response | undefined) => toApiError(error, response);
beforeEach(() => {
  asked = [];
  answerWith(200, listOf([EVENT]));
  client.interceptors.error.use(asApiError);
  URL.createObjectURL = vi.fn(() => "blob:csv");
  URL.revokeObjectURL = vi.fn();
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
});
afterEach(() => {
  client.interceptors.error.eject(asApiError);
  vi.restoreAllMocks();
});

describe("the audit log", () => {
  it("asks for what the address's filter says", async () => {
    show({ q: "naledi", action: "project.", outcome: "DENIED", page: 2 });
    await screen.findByRole("table", { name: "Audit events" });
    expect(queryOf(asked.find((url) => url.pathname === "/api/audit"))).toMatchObject({ q: "naledi", action: "project.", outcome: "DENIED", page: "2" });
  });

  it("puts a changed filter into the address, beside the others and on the first page", async () => {
    const onFilter = show({ action: "project.", page: 3 });
    await userEvent.selectOptions(await screen.findByLabelText("Outcome"), "DENIED");
    expect(onFilter).toHaveBeenLastCalledWith({ action: "project.", outcome: "DENIED", page: undefined });
  });

  it("offers the areas that the server names", async () => {
    const onFilter = show();
    const area = await screen.findByLabelText("Area");
    await userEvent.selectOptions(area, await screen.findByRole("option", { name: "Runs" }));
    expect(onFilter).toHaveBeenLastCalledWith({ action: "execution.", page: undefined });
  });

  it("takes a cleared filter out of the address", async () => {
    const onFilter = show({ outcome: "DENIED" });
    await userEvent.selectOptions(await screen.findByLabelText("Outcome"), "");
    expect(onFilter).toHaveBeenLastCalledWith({ outcome: undefined, page: undefined });
    await userEvent.click(screen.getByRole("button", { name: "Clear" }));
    expect(onFilter).toHaveBeenLastCalledWith({});
  });

  it("shows an entry with all that was recorded, by keyboard too, and gives the focus back", async () => {
    show();
    const opener = await screen.findByRole("button", { name: "project.created" });
    opener.focus();
    await userEvent.keyboard("{Enter}");
    const panel = await screen.findByRole("dialog", { name: "project.created" });
    expect(panel).toHaveTextContent("192.0.2.7");
    expect(panel).toHaveTextContent('"code": "PRJ-2026-001"');
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(opener).toHaveFocus());
  });

  it("tells an empty filter from an empty log", async () => {
    answerWith(200, listOf([]));
    show({ outcome: "DENIED" });
    expect(await screen.findByText("No events fit this filter")).toBeInTheDocument();
  });

  it("says so when the role may not see it", async () => {
    answerWith(403, { type: "forbidden", title: "Forbidden", status: 403, detail: "No." });
    show();
    expect(await screen.findByText("You may not see this")).toBeInTheDocument();
  });
});

describe("the CSV", () => {
  const download = () => userEvent.click(screen.getByRole("button", { name: "CSV" }));

  it("carries the same filter as the list, and all of its pages", async () => {
    show({ q: "naledi", outcome: "SUCCESS", from: "2026-11-20", to: "2026-11-21", page: 2 });
    await screen.findByRole("table", { name: "Audit events" });
    await download();
    await vi.waitFor(() => expect(URL.createObjectURL).toHaveBeenCalledOnce());
    const exported = queryOf(asked.find((url) => url.pathname.endsWith(".csv")));
    expect(Object.keys(exported).sort()).toEqual(["from", "outcome", "q", "to"]);
    expect(queryOf(asked.find((url) => url.pathname === "/api/audit"))).toMatchObject(exported);
  });

  it("says on the page when it could not be made", async () => {
    const refusal = { type: "unavailable", title: "Not now", status: 503, detail: "Try again in a minute." };
    answerWith(200, listOf([EVENT]), () => Response.json(refusal, { status: 503, headers: { "Content-Type": "application/problem+json" } }));
    show();
    await screen.findByRole("table", { name: "Audit events" });
    await download();
    expect(await screen.findByRole("alert")).toHaveTextContent("Try again in a minute.");
    expect(URL.createObjectURL).not.toHaveBeenCalled();
  });
});
