import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
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
  { id: "number", head: "Number", card: "title", cell: (row) => row.number, foot: "Sum of 2" },
  { id: "client", head: "Client", card: "subtitle", cell: (row) => row.client },
  { id: "total", head: "Total", align: "right", card: "value", cell: (row) => row.total, foot: "R 30" },
];
const table = <DataTable label="Invoices" columns={COLUMNS} rows={ROWS} rowKey={(row) => row.number} rowLink={() => ({ to: "/invoices" })} />;

afterEach(() => {
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

  it("becomes cards on a phone, with the same links and sums", async () => {
    document.documentElement.dataset.narrow = "yes";
    await renderPage(table);
    expect(screen.queryByRole("table")).not.toBeInTheDocument();
    const [first] = within(screen.getByRole("list", { name: "Invoices" })).getAllByRole("listitem");
    expect(first).toHaveTextContent("INV-1R 10Harbour");
    expect(screen.getByText("R 30")).toBeInTheDocument();
  });
});
