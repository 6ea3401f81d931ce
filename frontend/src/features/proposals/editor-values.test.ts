import { afterEach, describe, expect, it, vi } from "vitest";
import type { ProposalOut } from "@/api/generated";
import { businessOf } from "@/testing/samples";
import { bodyOf, editOf, editorSchema, freshValues, valuesOf } from "./editor-values";

const CAPE_TOWN = businessOf();
const LOS_ANGELES = { ...CAPE_TOWN, timezone: "America/Los_Angeles" };

function draft(currency: string, amount: number, validUntil: string | null = null): ProposalOut {
  const money = { amount, currency };
  return {
    title: "Lead capture",
    summary: "",
    terms: "",
    tax_inclusive: false,
    valid_until: validUntil,
    total: money,
    line_items: [{ description: "Workshop", quantity: "1", unit_price: money, tax_rate: "15.00", optional: false, amount: money, net: money, tax: money }],
  } as unknown as ProposalOut;
}

const saved = (proposal: ProposalOut) => editOf(valuesOf(proposal, CAPE_TOWN), proposal, CAPE_TOWN);

afterEach(() => vi.unstubAllEnvs());

describe("a draft that is opened and saved", () => {
  it.each([
    ["ZAR", 125_050],
    ["USD", 120_000],
    ["JPY", 1_200],
    ["KWD", 12_345],
    // Browsers give pesos no cents; ISO 4217, and our server, do.
    ["COP", 120_050],
  ])("keeps its price in %s", (currency, amount) => {
    expect(saved(draft(currency, amount)).line_items?.[0]?.unit_price).toEqual({ amount, currency });
  });

  it("keeps the day until which it holds, wherever it is read", () => {
    vi.stubEnv("TZ", "Africa/Johannesburg");
    // The last second of 5 December in Los Angeles; in Johannesburg it is the 6th.
    expect(valuesOf(draft("USD", 1, "2026-12-06T07:59:59Z"), LOS_ANGELES).valid_until).toBe("2026-12-05");
  });

  it("keeps an end that is not the day's, unless another day is chosen", () => {
    const proposal = draft("USD", 1, "2026-12-05T12:07:00Z");
    const values = valuesOf(proposal, CAPE_TOWN);
    expect(editOf(values, proposal, CAPE_TOWN)).not.toHaveProperty("valid_until");
    expect(editOf({ ...values, valid_until: "2026-12-06" }, proposal, CAPE_TOWN).valid_until).toBe("2026-12-06");
  });

  it("gets the day that it shows when it had none", () => {
    const values = valuesOf(draft("USD", 1), CAPE_TOWN);
    expect(editOf(values, draft("USD", 1), CAPE_TOWN).valid_until).toBe(values.valid_until);
  });
});

it("sends the day that was chosen, and leaves to the server when it ends", () => {
  vi.stubEnv("TZ", "America/New_York");
  const body = bodyOf({ ...freshValues("Leads", CAPE_TOWN), valid_until: "2026-12-05" }, "ZAR");
  expect(body.valid_until).toBe("2026-12-05");
});

it("offers thirty days from the business's today", () => {
  vi.stubEnv("TZ", "America/New_York");
  // In New York it is still the 21st.
  vi.setSystemTime("2026-11-21T23:30:00Z");
  expect(freshValues("Leads", CAPE_TOWN).valid_until).toBe("2026-12-22");
  vi.useRealTimers();
});

it("takes no cents where a currency has none", () => {
  const values = valuesOf(draft("JPY", 1_200), CAPE_TOWN);
  const line = { ...values.line_items[0], unit_price: "1200.50" };
  const isTaken = (currency: string) => editorSchema(currency).safeParse({ ...values, line_items: [line] }).success;
  expect([isTaken("JPY"), isTaken("USD")]).toEqual([false, true]);
});
