import { screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { brandingOf, proposalOf } from "@/testing/samples";
import { ProposalDocument } from "./proposal-document";

const zar = (amount: number) => ({ amount, currency: "ZAR" });
const terms = () => screen.getAllByRole("term").map((term) => term.textContent.replaceAll(/\s/g, " "));

afterEach(() => vi.unstubAllEnvs());

it.each(["America/Los_Angeles", "Africa/Johannesburg", "Pacific/Auckland"])("names the business's last day to a reader in %s", async (zone) => {
  vi.stubEnv("TZ", zone);
  await renderPage(<ProposalDocument branding={undefined} content={proposalOf({ valid_until: "2026-12-21T21:59:59Z", valid_until_day: "2026-12-21" })} />);
  expect(new Date("2026-12-21T21:59:59Z").getDate()).toBe(zone === "Pacific/Auckland" ? 22 : 21);
  expect(screen.getByText("Valid until").nextElementSibling).toHaveTextContent("21 December 2026");
});

it("names the one rate of tax", async () => {
  await renderPage(<ProposalDocument branding={undefined} content={proposalOf()} />);
  expect(terms()).toEqual(["Prepared for", "From", "Total incl. VAT", "Excl. VAT", "Valid until", "Subtotal", "VAT 15%", "Total"]);
});

it("names each rate of tax and what it was charged on, as the PDF does", async () => {
  const taxes = [
    { rate: "15.00", net: zar(100_000), tax: zar(15_000) },
    { rate: "0.00", net: zar(50_000), tax: zar(0) },
  ];
  await renderPage(<ProposalDocument branding={undefined} content={proposalOf({ taxes })} />);
  expect(terms().slice(5)).toEqual(["Subtotal", "VAT 15% on R 1,000.00", "VAT 0% on R 500.00", "Total"]);
});

it("says that its prices include the tax, by the name that the tax has, as the PDF does", async () => {
  await renderPage(<ProposalDocument branding={undefined} content={proposalOf({ tax_inclusive: true, tax_name: "GST" })} />);
  expect(terms()).toEqual(["Prepared for", "From", "Total incl. GST", "Excl. GST", "Valid until", "Subtotal excl. GST", "GST 15%", "Total"]);
  expect(screen.getByText("Prices include GST.")).toBeVisible();
});

it("says for whom it is and by whom, in the business's own colours, as the PDF does", async () => {
  const branding = brandingOf({ legal_name: "Northstar (Pty) Ltd", address: "12 Harbour Road\nCape Town", tax_number: "4010203040" });
  await renderPage(<ProposalDocument branding={branding} content={proposalOf({ organization_name: "Harbour Freight", tax_name: "GST" })} />);
  expect(screen.getByText("Prepared for").nextElementSibling).toHaveTextContent("Harbour Freight");
  expect(screen.getByText("From").nextElementSibling).toHaveTextContent("Northstar (Pty) Ltd12 Harbour Road Cape TownGST number 4010203040");
  expect(screen.getByRole("article").style.getPropertyValue("--accent")).toBe("light-dark(#006c94, #4795b2)");
});

it("names the business as it was called when the proposal was sent, where it has no other name", async () => {
  await renderPage(<ProposalDocument branding={brandingOf({ legal_name: "", address: "", tax_number: null })} content={proposalOf({ seller_name: "Northstar" })} />);
  expect(screen.getByText("From").nextElementSibling).toHaveTextContent(/^Northstar$/);
});
