import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderPage } from "@/testing/render-page";
import { proposalOf } from "@/testing/samples";
import { ProposalDocument } from "./proposal-document";

const zar = (amount: number) => ({ amount, currency: "ZAR" });
const terms = () => screen.getAllByRole("term").map((term) => term.textContent.replaceAll(/\s/g, " "));

it("names the one rate of tax", async () => {
  await renderPage(<ProposalDocument content={proposalOf()} />);
  expect(terms()).toEqual(["Total incl. VAT", "of which VAT", "Valid until", "Subtotal", "VAT 15 %", "Total"]);
});

it("names each rate of tax and what it was charged on, as the PDF does", async () => {
  const taxes = [
    { rate: "15.00", net: zar(100_000), tax: zar(15_000) },
    { rate: "0.00", net: zar(50_000), tax: zar(0) },
  ];
  await renderPage(<ProposalDocument content={proposalOf({ taxes })} />);
  expect(terms().slice(3)).toEqual(["Subtotal", "VAT 15 % on R 1,000.00", "VAT 0 % on R 500.00", "Total"]);
});
