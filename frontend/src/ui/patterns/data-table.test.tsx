import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { DataTable, type Column } from "./data-table";

interface Row {
  number: string;
  client: string;
  total: string;
}
const ROWS: Row[] = [
  { number: "INV-1", client: "Harbour", total: "R 10" },
  { number: "INV-2", client: "Kloof", total: "R 20" },
];
const COLUMNS: Column<Row>[] = [
  { id: "number", head: "Number", card: "title", cell: (row) => row.number, foot: (rows) => `Sum of ${rows.length}` },
  { id: "client", head: "Client", card: "subtitle", cell: (row) => row.client },
  { id: "total", head: "Total", align: "right", card: "value", cell: (row) => row.total, foot: () => "R 30" },
];
const table = <DataTable label="Invoices" columns={COLUMNS} rows={ROWS} rowKey={(row) => row.number} rowLink={() => ({ to: "/invoices" })} />;

/** Measures once when it begins, as browsers do. */
class MeasuringObserver implements ResizeObserver {
  constructor(readonly measure: ResizeObserverCallback) {}
  observe(): void {
    this.measure([], this);
  }
  unobserve(): void { /* it has measured */ }
  disconnect(): void { /* it has measured */ }
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  delete document.documentElement.dataset.narrow;
});

describe("DataTable", () => {
  it("is a table on a desk: heads, rows that are links, sums", async () => {
    const { router } = await renderPage(table);
    const shown = screen.getByRole("table", { name: "Invoices" });
    expect(within(shown).getAllByRole("columnheader").map((head) => head.textContent)).toEqual(["Number", "Client", "Total"]);
    expect(within(shown).getByText("R 30")).toBeInTheDocument();
    await userEvent.click(within(shown).getByRole("link", { name: "INV-1" }));
    expect(router.state.location.pathname).toBe("/invoices");
  });

  it.each([
    ["stops the keyboard at a table that must be scrolled to be read", 900, 1],
    ["does not stop it where all is in sight", 700, 0],
  ])("%s", async (_, needed, stops) => {
    vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(700);
    vi.spyOn(Element.prototype, "scrollWidth", "get").mockReturnValue(needed);
    vi.stubGlobal("ResizeObserver", MeasuringObserver);
    await renderPage(table);
    const regions = screen.queryAllByRole("region", { name: "Invoices" });
    expect(regions).toHaveLength(stops);
    for (const region of regions) expect(region).toHaveAttribute("tabindex", "0");
  });

  it.each([
    ["becomes cards beside something that leaves it too little room, whatever the window", 639, "list"],
    ["is a table from forty rem on, whatever the window", 640, "table"],
  ])("%s", async (_, width, role) => {
    vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(width);
    document.documentElement.dataset.narrow = role === "table" ? "yes" : "no";
    await renderPage(table);
    expect(screen.getByRole(role, { name: "Invoices" })).toBeInTheDocument();
  });

  it("becomes cards on a phone, with the same links and sums", async () => {
    document.documentElement.dataset.narrow = "yes";
    await renderPage(table);
    expect(screen.queryByRole("table")).not.toBeInTheDocument();
    const [first] = within(screen.getByRole("list", { name: "Invoices" })).getAllByRole("listitem");
    expect(first).toHaveTextContent("INV-1R 10Harbour");
    expect(screen.getByText("R 30")).toBeInTheDocument();
  });
});
