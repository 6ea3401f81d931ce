import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { head, listServer, show } from "@/testing/listed-invoices";
import { idOf, invoiceOf, organizationOf, pageOf } from "@/testing/samples";

const server = listServer();

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

  it("say that a search stopped early, also where it found nothing", async () => {
    server.on("listInvoices", { ...pageOf<ReturnType<typeof invoiceOf>>([]), total: null, search_capped: true });
    await show({ q: "Harbour sync" });
    expect(await screen.findByText("The search stopped after 10,000 invoices")).toBeVisible();
    expect(screen.getByText("There may be more matches. Add a word or a filter to find them.")).toBeVisible();
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
    const name = await screen.findByText("Client: Kloof Dental");
    expect(name).toBeVisible();
    expect(name).not.toHaveClass("truncate");
  });

  it("do not offer clients to a client", async () => {
    await show();
    await head("Number");
    expect(screen.queryByText("Client")).not.toBeInTheDocument();
  });
});
