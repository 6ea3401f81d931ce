import { useQuery } from "@tanstack/react-query";
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { InvoiceStatus } from "@/api/generated";
import { listInvoicesOptions } from "@/api/generated/@tanstack/react-query.gen";
import { renderPage } from "@/testing/render-page";
import { idOf, invoiceOf, pageOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { DoneMark, NoneMark, WaitingMark } from "@/ui/icon";
import { statusPill, type StatusLooks } from "@/ui/patterns/status-pill";
import { readListFilter, type ListFilter } from "./list-filter";
import { ListPage } from "./list-page";

const server = testServer();
const LOOKS: StatusLooks<InvoiceStatus> = {
  ISSUED: { label: "Open", tone: "info", icon: WaitingMark },
  PAID: { label: "Paid", tone: "ok", icon: DoneMark },
  VOID: { label: "Void", tone: "neutral", icon: NoneMark },
};
const StatusPill = statusPill(LOOKS);

function Page({ filter, onFilter }: { filter: ListFilter<InvoiceStatus>; onFilter: (filter: ListFilter<InvoiceStatus>) => void }) {
  const query = useQuery(listInvoicesOptions({ query: filter }));
  return (
    <ListPage title="Invoices" noun="invoices" searched="Number" looks={LOOKS} query={query} filter={filter} onFilter={onFilter} empty="No invoices yet">
      {(rows) => rows.map((row) => <StatusPill key={row.id} status={row.status} />)}
    </ListPage>
  );
}

async function show(filter: ListFilter<InvoiceStatus> = {}) {
  const onFilter = vi.fn();
  await renderPage(<Page filter={filter} onFilter={onFilter} />);
  return onFilter;
}

describe("a list page", () => {
  it("asks for what the address says, and tells how much of it is shown", async () => {
    server.on("listInvoices", pageOf([invoiceOf({ status: "VOID" })], { total: 42, pages: 42 }));
    await show({ q: "Harbour", status: "VOID", page: 3 });
    expect(await screen.findByText("1 of 42")).toBeVisible();
    expect(server.to("listInvoices")[0]?.query).toEqual({ q: "Harbour", status: "VOID", page: "3" });
  });

  it("offers the statuses in their order, and begins anew on the first page", async () => {
    server.on("listInvoices", pageOf([invoiceOf()]));
    const onFilter = await show({ q: "Harbour", page: 3 });
    const statuses = await screen.findByLabelText("Status");
    expect([...statuses.querySelectorAll("option")].map((option) => option.textContent).slice(1)).toEqual(["Open", "Paid", "Void"]);
    await userEvent.selectOptions(statuses, "Paid");
    expect(onFilter).toHaveBeenLastCalledWith({ q: "Harbour", status: "PAID", page: undefined });
  });

  it("looks for words a moment after the last key", async () => {
    server.on("listInvoices", pageOf([invoiceOf()]));
    const onFilter = await show({ status: "PAID", page: 2 });
    const box = await screen.findByRole("searchbox", { name: "Find invoices" });
    // In one go: on a busy machine two real keys are further apart than the moment.
    for (const value of ["H", "Ha", "Harb"]) fireEvent.change(box, { target: { value } });
    await vi.waitFor(() => expect(onFilter).toHaveBeenCalledExactlyOnceWith({ status: "PAID", q: "Harb", page: undefined }));
  });

  it("tells nothing yet from nothing that fits", async () => {
    server.on("listInvoices", pageOf([]));
    await show();
    expect(await screen.findByText("No invoices yet")).toBeVisible();
  });

  it("clears a filter that nothing fits", async () => {
    server.on("listInvoices", pageOf([]));
    const onFilter = await show({ status: "VOID" });
    expect(await screen.findByText("No invoices fit this filter")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Clear filter" }));
    expect(onFilter).toHaveBeenLastCalledWith({});
  });

  it("walks to the next page with the same filter", async () => {
    server.on("listInvoices", pageOf([invoiceOf({ id: idOf(7) })], { total: 30, pages: 2 }));
    const onFilter = await show({ status: "PAID" });
    await userEvent.click(await screen.findByRole("button", { name: "Next page" }));
    expect(onFilter).toHaveBeenLastCalledWith({ status: "PAID", page: 2 });
  });

  it("tells a page past the end from nothing yet, and leads to the first", async () => {
    server.on("listInvoices", pageOf([], { total: 3, pages: 1 }));
    const onFilter = await show({ page: 99 });
    expect(await screen.findByText("This page is past the end")).toBeVisible();
    expect(screen.queryByText(/0 of 3|No invoices yet/)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Go to the first page" }));
    expect(onFilter).toHaveBeenLastCalledWith({ page: 1 });
  });

  it("takes no more letters than the server looks for", async () => {
    server.on("listInvoices", pageOf([invoiceOf()]));
    await show();
    expect(await screen.findByRole("searchbox", { name: "Find invoices" })).toHaveAttribute("maxlength", "100");
  });

  it("says why it could not be loaded", async () => {
    server.on("listInvoices", refusal(503, { detail: "Try again in a minute." }));
    await show();
    expect(await screen.findByText("Try again in a minute.")).toBeVisible();
  });
});

it("reads what it knows of an address, and leaves the rest", () => {
  expect(readListFilter({ q: " Harbour ", status: "PAID", page: "2", colour: "red" }, ["ISSUED", "PAID"])).toEqual({ q: " Harbour ", status: "PAID", page: 2 });
  expect(readListFilter({ q: " ", status: "PINK", page: "0" }, ["ISSUED", "PAID"])).toEqual({});
});
