import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { head, listServer, numbered, show } from "@/testing/listed-invoices";
import { bulkOperationOf, idOf, pageOf } from "@/testing/samples";
import { refusal } from "@/testing/server";

const server = listServer();

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
    // Pills of the colour of a selected row find their ground by it.
    expect(screen.getAllByRole("row").filter((row) => "selected" in row.dataset).map((row) => row.textContent)).toEqual([expect.stringContaining("INV-2")]);
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
