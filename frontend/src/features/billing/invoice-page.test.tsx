import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderPage } from "@/testing/render-page";
import { idOf, invoiceDetailOf } from "@/testing/samples";
import { testServer } from "@/testing/server";
import { InvoicePage } from "./invoice-page";

const server = testServer();
const zar = (amount: number) => ({ amount, currency: "ZAR" });

it("names each rate of tax and what it was charged on, as the PDF does", async () => {
  const taxes = [
    { rate: "15.00", net: zar(100_000), tax: zar(15_000) },
    { rate: "0.00", net: zar(50_000), tax: zar(0) },
  ];
  server.on("getInvoice", invoiceDetailOf({ taxes }));
  await renderPage(<InvoicePage invoiceId={idOf(7)} />);
  await screen.findByText("Subtotal");
  const terms = screen.getAllByRole("term").map((term) => term.textContent.replaceAll(/\s/g, " "));
  expect(terms).toEqual(["Subtotal", "Tax 15 % on R 1,000.00", "Tax 0 % on R 500.00", "Total", "Balance", "Paid"]);
});
