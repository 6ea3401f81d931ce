import { useQuery, keepPreviousData } from "@tanstack/react-query";
import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { exportAuditEvents, type InvoiceOut, type InvoiceStatus } from "@/api/generated";
import { listInvoicesOptions } from "@/api/generated/@tanstack/react-query.gen";
import { renderPage } from "@/testing/render-page";
import { bulkOperationOf, idOf, invoiceOf, pageOf } from "@/testing/samples";
import { held, refusal, testServer } from "@/testing/server";
import { DoneMark, NoneMark, PauseIcon, WaitingMark } from "@/ui/icon";
import type { Column } from "@/ui/patterns/data-column";
import type { StatusLooks } from "@/ui/patterns/status-pill";
import { listQuery, type ListFilter } from "./address";
import type { BulkAction } from "./bulk-actions";
import { byClient, byDays, byStatus } from "./filter-parts";
import { ListPage } from "./list-page";

const server = testServer();
const LOOKS: StatusLooks<InvoiceStatus> = {
  ISSUED: { label: "Open", tone: "info", icon: WaitingMark },
  PAID: { label: "Paid", tone: "ok", icon: DoneMark },
  VOID: { label: "Void", tone: "neutral", icon: NoneMark },
};
type Sort = "number" | "-number" | "total" | "-total" | "-created_at";
type Filter = ListFilter<InvoiceStatus, Sort>;
const COLUMNS: Column<InvoiceOut, Sort>[] = [
  { id: "number", head: "Number", sort: "number", card: "title", cell: (row) => row.number },
  { id: "title", head: "For", card: "subtitle", cell: (row) => row.title },
  { id: "total", head: "Total", sort: "-total", align: "right", card: "value", cell: (row) => row.total.amount },
];
const FILTERS = [byStatus(LOOKS), byClient, byDays("Issued")];
// Any kind will do: what is tested is how it is started.
const PAUSE: BulkAction = {
  kind: "workflows.pause",
  verb: "Pause",
  icon: PauseIcon,
  count: (count) => `${count} invoices`,
  question: (what) => ({ title: `Pause ${what}?`, description: "They stand still." }),
  isHarmless: true,
};

interface Parts {
  canExport?: boolean;
  canAct?: boolean;
}

function Page({ start, onFilter, canExport, canAct }: Parts & { start: Filter; onFilter: (filter: Filter) => void }) {
  const [filter, setFilter] = useState(start);
  const query = useQuery({ ...listInvoicesOptions({ query: listQuery(filter) }), placeholderData: keepPreviousData });
  return (
    <ListPage
      title="Invoices"
      noun={{ one: "invoice", other: "invoices" }}
      searched="Number"
      columns={COLUMNS}
      filters={FILTERS}
      defaultSort="-created_at"
      query={query}
      filter={filter}
      onFilter={(next) => {
        onFilter(next);
        setFilter(next);
      }}
      rowKey={(row) => row.id}
      exported={canExport ? { name: "invoices.csv", load: () => exportAuditEvents({ parseAs: "blob", throwOnError: true }) } : undefined}
      bulk={canAct ? { actions: [PAUSE], nameOf: (row) => row.number } : undefined}
      empty="No invoices yet"
    />
  );
}

async function show(start: Filter = {}, { staff = false, ...parts }: Parts & { staff?: boolean } = {}) {
  const onFilter = vi.fn<(filter: Filter) => void>();
  const view = await renderPage(<Page start={start} onFilter={onFilter} {...parts} />, { me: { permissions: staff ? ["organizations:list"] : [] } });
  return { onFilter, last: () => JSON.parse(JSON.stringify(onFilter.mock.lastCall?.[0] ?? null)) as Filter | null, ...view };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => invoiceOf({ id: idOf(100 + index), number: `INV-${index + 1}` }));
const head = (name: string) => screen.findByRole("columnheader", { name });
const asked = () => server.to("listInvoices").at(-1)?.query;

beforeEach(() => server.on("listInvoices", pageOf([invoiceOf()])));
afterEach(() => {
  window.localStorage.clear();
  window.sessionStorage.clear();
  vi.restoreAllMocks();
  delete document.documentElement.dataset.narrow;
});

describe("the filters", () => {
  it("ask for what the address says, and tell how much of it is shown", async () => {
    server.on("listInvoices", pageOf([invoiceOf({ status: "VOID" })], { total: 42, pages: 42 }));
    await show({ q: "Harbour", status: "VOID", page: 3 });
    expect(await screen.findByText("1 of 42")).toBeVisible();
    expect(server.to("listInvoices")[0]?.query).toEqual({ q: "Harbour", status: "VOID", page: "3" });
  });

  it.each([
    ["1 invoice", { total: 1 }],
    ["2 invoices", { total: 2 }],
    ["1,000+ invoices", { total: 1000, total_capped: true }],
    ["all invoices", { total: null }],
  ])("name %s in what the file holds", async (whole, counted) => {
    server.on("listInvoices", { ...pageOf([invoiceOf()]), ...counted });
    await show({}, { canExport: true });
    expect(await screen.findByRole("button", { name: `Export CSV of ${whole}` })).toBeVisible();
  });

  it("offer the statuses in their order, and begin anew on the first page in the same order", async () => {
    const { last } = await show({ q: "Harbour", page: 3, sort: "total" });
    const statuses = await screen.findByLabelText("Status");
    expect([...statuses.querySelectorAll("option")].map((option) => option.textContent)).toEqual(["Any", "Open", "Paid", "Void"]);
    await userEvent.selectOptions(statuses, "Paid");
    expect(last()).toEqual({ q: "Harbour", status: "PAID", sort: "total" });
  });

  it("are taken away one by one", async () => {
    const { last } = await show({ q: "Harbour", status: "PAID", from: "2026-11-01", to: "2026-11-21" });
    await userEvent.click(await screen.findByRole("button", { name: "Remove the Status filter" }));
    expect(last()).toEqual({ q: "Harbour", from: "2026-11-01", to: "2026-11-21" });
    expect(screen.getByLabelText("Status")).toHaveFocus();
    await userEvent.click(screen.getByRole("button", { name: "Remove the Issued filter" }));
    expect(last()).toEqual({ q: "Harbour" });
  });

  it("are cleared together, and leave the order and the columns as they are", async () => {
    const { last } = await show({ q: "Harbour", status: "PAID", sort: "total", hide: "title", page: 2 });
    await userEvent.click(await screen.findByRole("button", { name: "Clear" }));
    expect(last()).toEqual({ sort: "total", hide: "title" });
    expect(screen.getByRole("search")).toHaveFocus();
  });

  it("look for words a moment after the last key", async () => {
    const { onFilter, last } = await show({ status: "PAID", page: 2 });
    const box = await screen.findByRole("searchbox", { name: "Find invoices" });
    // In one go: on a busy machine two real keys are further apart than the moment.
    for (const value of ["H", "Ha", "Harb"]) fireEvent.change(box, { target: { value } });
    await vi.waitFor(() => expect(onFilter).toHaveBeenCalledOnce());
    expect(last()).toEqual({ status: "PAID", q: "Harb" });
  });

  it("take no more letters than the server looks for", async () => {
    await show();
    expect(await screen.findByRole("searchbox", { name: "Find invoices" })).toHaveAttribute("maxlength", "100");
  });

  it("offer stretches of days that are asked for most, and any other", async () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 21, 9), toFake: ["Date"] });
    try {
      const { last } = await show();
      await userEvent.click(await screen.findByRole("button", { name: "Issued" }));
      await userEvent.click(await screen.findByRole("button", { name: "Last 7 days" }));
      expect(last()).toEqual({ from: "2026-11-15", to: "2026-11-21" });
      await userEvent.click(await screen.findByRole("button", { name: "Issued: last 7 days" }));
      await userEvent.click(await screen.findByRole("button", { name: "This month" }));
      expect(last()).toEqual({ from: "2026-11-01", to: "2026-11-30" });
      await userEvent.click(await screen.findByRole("button", { name: "Issued: this month" }));
      fireEvent.change(await screen.findByLabelText("From"), { target: { value: "2026-12-24" } });
      await userEvent.click(screen.getByRole("button", { name: "Apply" }));
      expect(screen.getByText("The end date must be on or after the start date.")).toBeVisible();
      fireEvent.change(screen.getByLabelText("To"), { target: { value: "2026-12-31" } });
      await userEvent.click(screen.getByRole("button", { name: "Apply" }));
      expect(last()).toEqual({ from: "2026-12-24", to: "2026-12-31" });
    } finally {
      vi.useRealTimers();
    }
  });

  it("find a client among many by a part of its name", async () => {
    server.on("listOrganizations", ({ query }) => pageOf(query.q ? [organizationOf(9, "Kloof Dental")] : [organizationOf(1, "Harbour Logistics")]));
    // Asked for once the words are gone: on a busy machine before the test ends.
    server.on("getOrganization", organizationOf(9, "Kloof Dental"));
    const { last } = await show({}, { staff: true });
    await userEvent.click(await screen.findByRole("button", { name: "Client" }));
    await userEvent.type(await screen.findByRole("combobox", { name: "Find a client" }), "kloof");
    await userEvent.click(await screen.findByRole("option", { name: "Kloof Dental" }));
    expect(server.to("listOrganizations").at(-1)?.query).toMatchObject({ q: "kloof", sort: "name" });
    expect(last()).toEqual({ org_id: idOf(9) });
  });

  it("name a client of the address that is not among the first", async () => {
    server.on("getOrganization", organizationOf(9, "Kloof Dental"));
    await show({ org_id: idOf(9) }, { staff: true });
    expect(await screen.findByText("Client: Kloof Dental")).toBeVisible();
  });

  it("do not offer clients to a client", async () => {
    await show();
    await head("Number");
    expect(screen.queryByText("Client")).not.toBeInTheDocument();
  });
});

const organizationOf = (number: number, name: string) => ({ id: idOf(number), name, domain: "x", plan: "FREE" as const, status: "ACTIVE" as const, created_at: "2026-11-20T08:00:00Z", updated_at: "2026-11-20T08:00:00Z" });

describe("the heads", () => {
  it("sort texts from A and amounts from the largest first, then the other way round", async () => {
    const { last } = await show({ page: 2 });
    await userEvent.click(within(await head("Total")).getByRole("button", { name: "Total" }));
    expect(last()).toEqual({ sort: "-total" });
    expect(await head("Total")).toHaveAttribute("aria-sort", "descending");
    await userEvent.click(within(await head("Total")).getByRole("button"));
    expect(last()).toEqual({ sort: "total" });
    expect(await head("Total")).toHaveAttribute("aria-sort", "ascending");
    await userEvent.click(within(await head("Number")).getByRole("button"));
    expect(await head("Number")).toHaveAttribute("aria-sort", "ascending");
    expect(await head("Total")).toHaveAttribute("aria-sort", "none");
    expect(asked()).toMatchObject({ sort: "number" });
  });

  it("tell aloud in which order the rows are", async () => {
    await show();
    const region = (await head("Total")).closest("main, body")?.querySelector("[role=search] .sr-only[aria-live=polite]");
    expect(region).toBeEmptyDOMElement();
    await userEvent.click(within(await head("Total")).getByRole("button"));
    expect(region).toHaveTextContent("Sorted by Total: highest first");
    await userEvent.click(within(await head("Number")).getByRole("button"));
    expect(region).toHaveTextContent("Sorted by Number: A to Z");
  });

  it("say nothing of an order that cannot be asked for", async () => {
    await show();
    expect(await head("For")).not.toHaveAttribute("aria-sort");
    expect(within(await head("For")).queryByRole("button")).not.toBeInTheDocument();
  });

  it("become a choice where there are cards", async () => {
    document.documentElement.dataset.narrow = "yes";
    const { last } = await show();
    await screen.findByRole("list", { name: "Invoices" });
    const choice = screen.getByLabelText("Sort by");
    expect([...choice.querySelectorAll("option")].map((option) => option.textContent)).toEqual(["Newest first", "Number: A to Z", "Number: Z to A", "Total: highest first", "Total: lowest first"]);
    expect(choice).toHaveValue("-created_at");
    await userEvent.selectOptions(choice, "Total: highest first");
    expect(last()).toEqual({ sort: "-total" });
  });
});

describe("the columns", () => {
  it("are hidden and shown again, in the address and on this browser; the first one stays", async () => {
    const { last, unmount } = await show();
    await userEvent.click(await screen.findByRole("button", { name: "Choose columns" }));
    expect((await screen.findAllByRole("menuitemcheckbox")).map((item) => item.textContent)).toEqual(["For", "Total"]);
    await userEvent.click(screen.getByRole("menuitemcheckbox", { name: "For" }));
    expect(last()).toEqual({ hide: "title" });
    await vi.waitFor(() => expect(screen.queryByRole("columnheader", { name: "For", hidden: true })).not.toBeInTheDocument());
    unmount();
    const again = await show();
    await head("Total");
    expect(screen.queryByRole("columnheader", { name: "For" })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Choose columns" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Show all columns" }));
    expect(again.last()).toEqual({});
    expect(await head("For")).toBeVisible();
  });

  it("follow the address rather than what this browser remembers", async () => {
    window.localStorage.setItem("capecontrol.Invoices.hidden-columns", '["total"]');
    await show({ hide: "title,nothing" });
    expect(await head("Total")).toBeVisible();
    expect(screen.queryByRole("columnheader", { name: "For" })).not.toBeInTheDocument();
  });

  it("are all there where the browser keeps nothing", async () => {
    vi.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
      throw new DOMException("refused", "SecurityError");
    });
    await show();
    expect(await head("For")).toBeVisible();
  });
});

describe("the pages", () => {
  it("are walked by number with the same filter while they are counted", async () => {
    server.on("listInvoices", pageOf([invoiceOf({ id: idOf(7) })], { total: 30, pages: 2 }));
    const { last } = await show({ status: "PAID" });
    expect(await screen.findByText("Page 1 of 2")).toHaveAttribute("aria-live", "polite");
    server.on("listInvoices", { ...pageOf([invoiceOf({ id: idOf(8) })], { total: 30, pages: 2 }), page: 2 });
    const next = screen.getByRole("button", { name: "Next page" });
    await userEvent.click(next);
    expect(last()).toEqual({ status: "PAID", page: 2 });
    expect(await screen.findByText("Page 2 of 2")).toBeVisible();
    // A disabled button would lose the focus.
    expect(next).toHaveFocus();
    expect(next).toHaveAttribute("aria-disabled", "true");
    await userEvent.click(next);
    expect(last()).toEqual({ status: "PAID", page: 2 });
  });

  it("are walked one after the other where nobody counts, and back the way that was come", async () => {
    const uncounted = { total: null as never, page: null, pages: null } as never;
    server.on("listInvoices", ({ query }) => ({ ...pageOf([invoiceOf()], uncounted), next_cursor: { undefined: "two", two: "three" }[String(query.cursor)] ?? null }));
    const { last } = await show({ q: "harbour" });
    expect(await screen.findByText("1 shown")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Next" }));
    expect(last()).toEqual({ q: "harbour", cursor: "two" });
    await vi.waitFor(() => expect(asked()?.cursor).toBe("two"));
    await screen.findByRole("button", { name: "First page" });
    await userEvent.click(screen.getByRole("button", { name: "Next" }));
    await userEvent.click(await screen.findByRole("button", { name: "Previous" }));
    expect(last()).toEqual({ q: "harbour", cursor: "two" });
    await userEvent.click(await screen.findByRole("button", { name: "First page" }));
    expect(last()).toEqual({ q: "harbour" });
  });

  it("tell a page past the end from nothing yet, and lead to the first", async () => {
    server.on("listInvoices", pageOf([], { total: 3, pages: 1 }));
    const { last } = await show({ page: 99 });
    expect(await screen.findByText("This page is empty")).toBeVisible();
    expect(screen.queryByText(/0 of 3|No invoices yet|No matches/)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Go to the first page" }));
    expect(last()).toEqual({});
  });

  it("tell an address of another order from a failure", async () => {
    server.on("listInvoices", refusal(422, { detail: "This cursor belongs to another order." }));
    const { last } = await show({ sort: "total", cursor: "old" });
    expect(await screen.findByText("This page of the list is no longer available")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Go to the first page" }));
    expect(last()).toEqual({ sort: "total" });
  });

  it("are counted up to where counting ends", async () => {
    server.on("listInvoices", { ...pageOf([invoiceOf()], { total: 1000, pages: 40 }), total_capped: true });
    await show();
    expect(await screen.findByText("1 of 1,000+")).toBeVisible();
  });
});

describe("the states", () => {
  it("tell nothing yet from nothing that fits", async () => {
    server.on("listInvoices", pageOf([]));
    await show();
    expect(await screen.findByText("No invoices yet")).toBeVisible();
    expect(screen.queryByRole("search")).not.toBeInTheDocument();
  });

  it("clear a filter that nothing fits", async () => {
    server.on("listInvoices", pageOf([]));
    const { last } = await show({ status: "VOID" });
    expect(await screen.findByText("No invoices match these filters")).toBeVisible();
    expect(screen.getByText("No matches")).toHaveAttribute("aria-live", "polite");
    await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(last()).toEqual({});
  });

  it("hold the place of the rows with the columns that come", async () => {
    const { answer, release } = held(pageOf([invoiceOf()]));
    server.on("listInvoices", answer);
    await show({ hide: "title" });
    const place = await screen.findByRole("status", { name: "Loading" });
    expect([...place.querySelectorAll("th")].map((each) => each.textContent)).toEqual(["Number", "Total"]);
    release();
    await screen.findByRole("table", { name: "Invoices" });
  });

  it("keep the rows while others are on their way", async () => {
    await show();
    await screen.findByText("INV-2026-000001");
    const { answer, release } = held(pageOf([invoiceOf({ number: "INV-2" })]));
    server.on("listInvoices", answer);
    await userEvent.selectOptions(screen.getByLabelText("Status"), "Paid");
    expect(screen.getByText("INV-2026-000001")).toBeVisible();
    expect(screen.getByRole("table", { name: "Invoices" }).closest("[aria-busy=true]")).toBeInTheDocument();
    release();
    expect(await screen.findByText("INV-2")).toBeVisible();
    expect(screen.getByRole("table", { name: "Invoices" }).closest("[aria-busy=true]")).not.toBeInTheDocument();
  });

  it("keep the rows when they cannot be refreshed, and say so", async () => {
    const { queryClient } = await show();
    await screen.findByText("INV-2026-000001");
    server.on("listInvoices", refusal(503, { detail: "Try again in a minute." }));
    await queryClient.refetchQueries({ queryKey: [{ _id: "listInvoices" }] });
    expect(await screen.findByRole("alert")).toHaveTextContent("Couldn’t refresh these invoicesTry again in a minute.");
    expect(screen.getByText("INV-2026-000001")).toBeVisible();
  });

  it("say why it could not be loaded", async () => {
    server.on("listInvoices", refusal(503, { detail: "Try again in a minute." }));
    await show();
    expect(await screen.findByText("Try again in a minute.")).toBeVisible();
    expect(screen.getByRole("button", { name: /request id/ })).toBeVisible();
  });

  it("say so when the role may not see it", async () => {
    server.on("listInvoices", refusal(403, { detail: "No." }));
    await show();
    expect(await screen.findByText("You don’t have access to this")).toBeVisible();
  });
});

describe("the file", () => {
  it("names how many rows it holds, and is offered to those who may have it", async () => {
    server.on("listInvoices", pageOf([invoiceOf()], { total: 42, pages: 42 }));
    await show({}, { canExport: true });
    await screen.findByText("1 of 42");
    expect(screen.getByRole("button", { name: "Export CSV of 42 invoices" })).toHaveTextContent(/^Export CSV$/);
  });

  it("is not offered where no row matches: it would be empty", async () => {
    server.on("listInvoices", pageOf([]));
    await show({ q: "nowhere" }, { canExport: true });
    expect(await screen.findByText("No matches")).toBeVisible();
    expect(screen.queryByRole("button", { name: /Export CSV/ })).not.toBeInTheDocument();
  });

  it("is not offered to others", async () => {
    await show();
    await head("Number");
    expect(screen.queryByRole("button", { name: /Export/ })).not.toBeInTheDocument();
  });
});

describe("an act on several rows", () => {
  const tick = (name: string) => screen.getByRole("checkbox", { name });
  const toolbar = () => within(screen.getByRole("toolbar", { name: "Selected rows" }));

  it("is offered only where there is one", async () => {
    await show();
    await head("Number");
    expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
  });

  it("takes one, a range with Shift, or the page, by keyboard too, and says how many", async () => {
    server.on("listInvoices", pageOf(numbered(6)));
    await show({}, { canAct: true });
    await screen.findByText("INV-1");
    tick("Select INV-2").focus();
    await userEvent.keyboard(" ");
    expect(screen.getByText("1 selected", { selector: "[role=status]" })).toBeInTheDocument();
    const user = userEvent.setup();
    await user.keyboard("{Shift>}");
    await user.click(tick("Select INV-5"));
    await user.keyboard("{/Shift}");
    expect(screen.getByText("4 selected", { selector: "[role=status]" })).toBeInTheDocument();
    expect(tick("Select all on this page")).toBePartiallyChecked();
    await user.click(tick("Select all on this page"));
    expect(screen.getByText("6 selected", { selector: "[role=status]" })).toBeInTheDocument();
    await user.click(toolbar().getByRole("button", { name: "Clear selection" }));
    expect(screen.queryByRole("toolbar", { name: "Selected rows" })).not.toBeInTheDocument();
    expect(screen.getByText("Selection cleared.", { selector: "[role=status]" })).toBeInTheDocument();
    expect(tick("Select all on this page")).toHaveFocus();
  });

  it("keeps what is chosen in another order, and forgets it with another filter, aloud", async () => {
    server.on("listInvoices", pageOf(numbered(3)));
    await show({}, { canAct: true });
    await screen.findByText("INV-1");
    await userEvent.click(tick("Select INV-2"));
    await userEvent.click(within(await head("Total")).getByRole("button"));
    expect(toolbar().getByText("1 selected")).toBeVisible();
    await userEvent.selectOptions(screen.getByLabelText("Status"), "Paid");
    expect(await screen.findByText("Selection cleared because the filters changed.")).toBeInTheDocument();
    expect(tick("Select INV-2")).not.toBeChecked();
  });

  it("is done by the server to those that were chosen", async () => {
    server.on("listInvoices", pageOf(numbered(3)));
    server.on("startBulkOperation", bulkOperationOf({ kind: "workflows.pause", total: 2 }));
    await show({}, { canAct: true });
    await screen.findByText("INV-1");
    await userEvent.click(tick("Select INV-1"));
    await userEvent.click(tick("Select INV-3"));
    await userEvent.click(toolbar().getByRole("button", { name: "Pause" }));
    await vi.waitFor(() => expect(server.to("startBulkOperation").map(({ body }) => body)).toEqual([{ kind: "workflows.pause", ids: [idOf(100), idOf(102)] }]));
    await vi.waitFor(() => expect(screen.queryByRole("toolbar", { name: "Selected rows" })).not.toBeInTheDocument());
  });

  it("is offered for all that match once the page is chosen, and asks with their number", async () => {
    server.on("listInvoices", { ...pageOf(numbered(3), { total: 2340, pages: 780 }), next_cursor: "more" });
    server.on("startBulkOperation", bulkOperationOf({ kind: "workflows.pause" }));
    await show({ status: "PAID", q: "Harbour", from: "2026-11-01", sort: "total", page: 2 }, { canAct: true });
    await screen.findByText("INV-1");
    await userEvent.click(tick("Select INV-1"));
    expect(toolbar().queryByRole("button", { name: /^Select all/ })).not.toBeInTheDocument();
    await userEvent.click(tick("Select all on this page"));
    await userEvent.click(toolbar().getByRole("button", { name: "Select all 2,340 invoices that match" }));
    expect(screen.getByText("All 2,340 invoices that match are selected", { selector: "[role=status]" })).toBeInTheDocument();
    await userEvent.click(toolbar().getByRole("button", { name: "Pause" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Pause all 2,340 invoices that match?" }));
    expect(server.to("startBulkOperation")).toEqual([]);
    await userEvent.click(dialog.getByRole("button", { name: "Pause" }));
    const from = new Date(2026, 10, 1).toISOString();
    await vi.waitFor(() => expect(server.to("startBulkOperation").map(({ body }) => body)).toEqual([{ kind: "workflows.pause", filter: { q: "Harbour", status: "PAID", from } }]));
  });

  it("does not promise a number that nobody counted", async () => {
    server.on("listInvoices", { ...pageOf(numbered(3)), total: null, pages: null, next_cursor: "more" });
    await show({ q: "Harbour" }, { canAct: true });
    await screen.findByText("INV-1");
    await userEvent.click(tick("Select all on this page"));
    expect(toolbar().getByRole("button", { name: "Select all invoices that match" })).toBeVisible();
  });

  it("is not offered for all where the page has all", async () => {
    server.on("listInvoices", pageOf(numbered(3)));
    await show({}, { canAct: true });
    await screen.findByText("INV-1");
    await userEvent.click(tick("Select all on this page"));
    expect(toolbar().queryByRole("button", { name: /^Select all/ })).not.toBeInTheDocument();
  });

  it("goes back to the page when one of all is left out, and to nothing with another filter", async () => {
    server.on("listInvoices", { ...pageOf(numbered(3), { total: 6, pages: 2 }), next_cursor: "more" });
    await show({}, { canAct: true });
    await screen.findByText("INV-1");
    await userEvent.click(tick("Select all on this page"));
    await userEvent.click(toolbar().getByRole("button", { name: "Select all 6 invoices" }));
    await userEvent.click(tick("Select INV-2"));
    expect(toolbar().getByText("2 selected")).toBeVisible();
    await userEvent.click(tick("Select INV-2"));
    await userEvent.click(toolbar().getByRole("button", { name: "Select all 6 invoices" }));
    await userEvent.selectOptions(screen.getByLabelText("Status"), "Paid");
    await vi.waitFor(() => expect(screen.queryByRole("toolbar", { name: "Selected rows" })).not.toBeInTheDocument());
  });

  it("stands in the corner on a phone, where the progress stands, too", async () => {
    document.documentElement.dataset.narrow = "yes";
    server.on("listInvoices", pageOf(numbered(3)));
    await show({}, { canAct: true });
    await screen.findByText("INV-1");
    await userEvent.click(tick("Select INV-1"));
    expect(screen.getByRole("toolbar", { name: "Selected rows" }).closest(".fixed")).toBeInTheDocument();
    expect(toolbar().getByText("1 selected")).toBeVisible();
  });

  it("says on the page why it could not begin, and keeps what was chosen", async () => {
    server.on("listInvoices", pageOf(numbered(3)));
    server.on("startBulkOperation", refusal(409, { detail: "Wait until it ends, or cancel it." }));
    await show({}, { canAct: true });
    await screen.findByText("INV-1");
    await userEvent.click(tick("Select INV-1"));
    await userEvent.click(toolbar().getByRole("button", { name: "Pause" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Wait until it ends, or cancel it.");
    expect(toolbar().getByText("1 selected")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });
});
