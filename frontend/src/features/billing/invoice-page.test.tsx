import { screen, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { idOf, invoiceDetailOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { InvoicePage } from "./invoice-page";

const server = testServer();
const text = (element: HTMLElement) => element.textContent.replaceAll(/\s/g, " ");
const zar = (amount: number) => ({ amount, currency: "ZAR" });

afterEach(() => vi.restoreAllMocks());

it("shows quantity, price and amount of each line as the PDF does, with the tax where the prices contain it", async () => {
  const complaints = vi.spyOn(console, "error");
  server.on("getInvoice", invoiceDetailOf());
  await renderPage(<InvoicePage invoiceId={idOf(7)} />);
  const table = await screen.findByRole("table", { name: "Invoice lines" });
  const [head = [], ...lines] = within(table).getAllByRole<HTMLTableRowElement>("row").map((row) => [...row.cells].map(text));
  expect(head).toEqual(["Item", "Qty", "Unit price", "GST", "Amount"]);
  expect(lines.map((cells) => cells.slice(1))).toEqual(Array(2).fill(["2", "R 1,150.00", "15%", "R 2,300.00"]));
  expect(screen.getByText("Unit prices and amounts include GST.")).toBeVisible();
  // Two equal lines are two lines to React as well.
  expect(complaints).not.toHaveBeenCalled();
});

it("says of prices without the tax nothing of it", async () => {
  server.on("getInvoice", invoiceDetailOf({ tax_inclusive: false }));
  await renderPage(<InvoicePage invoiceId={idOf(7)} />);
  await screen.findByRole("table", { name: "Invoice lines" });
  expect(screen.queryByText(/amounts include/)).not.toBeInTheDocument();
});

it("names the seller of its day, with the number that its tax goes by", async () => {
  server.on("getInvoice", invoiceDetailOf());
  await renderPage(<InvoicePage invoiceId={idOf(7)} />);
  expect(await screen.findByText("Northstar Automation")).toBeVisible();
  expect(screen.getByText("GST number 4990123456")).toBeVisible();
});

it("names the registered company where the business trades under another name, as the PDF does", async () => {
  server.on("getInvoice", invoiceDetailOf({ seller: { ...invoiceDetailOf().seller, legal_name: "Northstar Automation (Pty) Ltd", registration_number: "2019/123456/07" } }));
  await renderPage(<InvoicePage invoiceId={idOf(7)} />);
  expect(await screen.findByText("Northstar Automation (Pty) Ltd")).toBeVisible();
  expect(screen.getByText("Registration number 2019/123456/07")).toBeVisible();
});

it("names each rate of tax and what it was charged on, as the PDF does", async () => {
  const taxes = [
    { rate: "15.00", net: zar(100_000), tax: zar(15_000) },
    { rate: "0.00", net: zar(50_000), tax: zar(0) },
  ];
  server.on("getInvoice", invoiceDetailOf({ taxes }));
  await renderPage(<InvoicePage invoiceId={idOf(7)} />);
  await screen.findByText("Subtotal excl. GST");
  const terms = screen.getAllByRole("term").map(text);
  expect(terms).toEqual(["Subtotal excl. GST", "GST 15% on R 1,000.00", "GST 0% on R 500.00", "Total", "Balance due", "Paid on"]);
});

it("writes its days in full, as the PDF does", async () => {
  server.on("getInvoice", invoiceDetailOf({ issued_at: "2026-11-21T09:00:00Z", paid_at: "2026-11-22T09:00:00Z" }));
  await renderPage(<InvoicePage invoiceId={idOf(7)} />);
  expect(await screen.findByText("21 November 2026")).toBeVisible();
  expect(screen.getByText("22 November 2026")).toBeVisible();
});
