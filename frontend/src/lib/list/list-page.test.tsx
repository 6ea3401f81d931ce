import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { head, listServer, show } from "@/testing/listed-invoices";
import { idOf, invoiceOf, pageOf } from "@/testing/samples";
import { held, refusal } from "@/testing/server";

const server = listServer();
const asked = server.asked;

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

  it.each([
    [2, 3, "3–4 of 5"],
    // The last page is not full.
    [3, 3, "4–5 of 5"],
  ])("say on page %i of %i which rows they are", async (page, pages, words) => {
    server.on("listInvoices", { ...pageOf([invoiceOf({ id: idOf(1) }), invoiceOf({ id: idOf(2) })], { total: 5, pages }), page });
    await show({ page });
    expect(await screen.findByText(words)).toBeVisible();
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

  it("say of a search that finds nothing what it looks at", async () => {
    server.on("listInvoices", pageOf([]));
    const { last } = await show({ q: "zebra" });
    expect(await screen.findByText("No invoices found for “zebra”")).toBeVisible();
    expect(screen.getByText("You can search by number.")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Clear search" }));
    expect(last()).toEqual({});
  });

  it("say of a search that filters narrow that both are cleared", async () => {
    server.on("listInvoices", pageOf([]));
    const { last } = await show({ q: "zebra", status: "VOID" });
    expect(await screen.findByText("No invoices match “zebra” and these filters")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Clear search and filters" }));
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
