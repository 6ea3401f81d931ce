import { describe, expect, it } from "vitest";
import { formatMoney } from "@/ui/patterns/money-format";
import { formatExact } from "@/ui/patterns/relative-time-format";
import { eventDetails } from "./event-details";

/** What an entry tells, changes first: each with its name, what it was where that is told, and what it is; and what it is a part of. */
function words(metadata: Record<string, unknown>, action = "project.updated", title = "") {
  const { changes, words } = eventDetails({ action, title, metadata });
  return [...changes, ...words].map(({ name, was, text, group }) => [...(group ? [`${group}:`] : []), name, ...(was === undefined ? [] : [was]), text]);
}
const codes = (metadata: Record<string, unknown>) => eventDetails({ action: "access.denied", title: "", metadata }).codes.map(({ name, text }) => [name, text]);

describe("what an event was recorded with", () => {
  it("is named in words, without what is empty", () => {
    expect(words({ code: "PRJ-2026-001", all_devices: false, changed: ["title", "value"], reason: null, note: "", more: {} })).toEqual([
      ["Code", "PRJ-2026-001"],
      ["All devices", "No"],
      ["Changed", "Title, Value"],
    ]);
  });

  it("tells money as money, and a number without a currency as it is", () => {
    expect(words({ total: 9200058, currency: "ZAR" })).toEqual([["Total", formatMoney({ amount: 9200058, currency: "ZAR" })]]);
    expect(words({ total: 12, kind: "projects.archive" })[0]).toEqual(["Total", "12"]);
    expect(words({ currency: "ZAR" })).toEqual([["Currency", "ZAR"]]);
  });

  it("tells a step as one, from what it was to what it is", () => {
    expect(words({ to: "IN_PROGRESS", code: "PRJ-2026-001", from: "PROPOSED" })).toEqual([
      ["Status", "Proposed", "In progress"],
      ["Code", "PRJ-2026-001"],
    ]);
    expect(words({ changed: ["base_url", "api_key"], base_url: { to: "https://new.example", from: "https://old.example" } })).toEqual([
      ["Address", "https://old.example", "https://new.example"],
      ["Changed", "Address, API key"],
    ]);
  });

  it("tells states and reasons as a reader would", () => {
    expect(words({ status: "IN_PROGRESS", role: "ADMINISTRATOR" })).toEqual([
      ["Status", "In progress"],
      ["Role", "Administrator"],
    ]);
    // The outcome says it.
    expect(words({ status: "ERROR" })).toEqual([]);
    expect(words({ reason: "auth/forbidden" }, "access.denied")).toEqual([["Reason", "Their role doesn’t allow it"]]);
    expect(words({ reason: "the proposal was paid", automatic: true })).toEqual([["Reason", "The proposal was paid (automatic)"]]);
    expect(words({ automatic: true })).toEqual([["Automatic", "Yes"]]);
    expect(words({ reason: "unknown-address" }, "session.refused")).toEqual([["Reason", "No account has this address"]]);
  });

  it("changes no word that somebody typed", () => {
    const typed = { client: "HARBOUR_LOGISTICS", reason: "refused", summary: "STOCK", names: ["ACME"], title: { from: "ACME", to: "ACME TWO" } };
    expect(words({ ...typed, before: { name: "ACME" }, after: { name: "LIGHTHOUSE" } })).toEqual([
      ["Name", "ACME", "LIGHTHOUSE"],
      ["Title", "ACME", "ACME TWO"],
      ["Client", "HARBOUR_LOGISTICS"],
      ["Reason", "refused"],
      ["Request", "STOCK"],
      ["Names", "ACME"],
    ]);
  });

  it("leaves to the title what it says, and keeps ids and names of code apart", () => {
    const id = "01990000-0000-7000-8000-000000000001";
    const sha256 = "8e07".repeat(16);
    const metadata = { summary: "List projects", version: 2, operation: "list_projects", project_id: id, template: "Order intake", pdf_sha256: sha256, by: "Naledi Dlamini" };
    expect(words(metadata, "access.denied", "Blocked attempt: List projects v2")).toEqual([["Template", "Order intake"]]);
    expect(codes(metadata)).toEqual([
      ["Operation", "list_projects"],
      ["Project ID", id],
      ["PDF’s SHA-256", sha256],
    ]);
  });

  it("tells an edit member by member, and only what changed", () => {
    const before = { phone: "021 555 0100", address: { line1: "1 Dock Road", city: "Cape Town" }, tax_number: null, terms: { length: 900, sha256: "aaaaaaaaaa" }, socials: ["x"] };
    const after = { phone: "021 555 0199", address: { line1: "1 Dock Road", city: "Durban" }, tax_number: "401", terms: { length: 950, sha256: "bbbbbbbbbb" }, socials: [] };
    expect(words({ before, after })).toEqual([
      ["Address · City", "Cape Town", "Durban"],
      ["Tax number", "None", "401"],
      ["Phone", "021 555 0100", "021 555 0199"],
      ["Terms", "900 characters, checksum aaaaaaaa…", "950 characters, checksum bbbbbbbb…"],
      ["Socials", "x", "None"],
    ]);
    // What was made new has been nothing else before.
    expect(words({ after: { phone: "021 555 0199" } })).toEqual([["Phone", "021 555 0199"]]);
  });

  it("tells in the order of the form, part by part", () => {
    const bank = { bic: "DEMOZAJJ", number: "ending 678", bank_name: "FNB", account_name: "Northstar" };
    expect(words({ before: { bank: null, phone: "1" }, after: { bank, phone: "2" } })).toEqual([
      ["Phone", "1", "2"],
      ["Bank details:", "Bank", "None", "FNB"],
      ["Bank details:", "Account name", "None", "Northstar"],
      ["Bank details:", "Account number", "None", "ending 678"],
      ["Bank details:", "BIC", "None", "DEMOZAJJ"],
    ]);
  });

  it("says of lines how many there are and how many were edited", () => {
    expect(words({ before: { lines: 2 }, after: { lines: 3 }, changed_lines: 2 })).toEqual([["Lines", "2", "3 (2 edited)"]]);
    expect(words({ before: { title: "A" }, after: { title: "B" }, changed_lines: 1 })).toEqual([
      ["Title", "A", "B"],
      ["Lines", "1 edited"],
    ]);
  });

  it("names what lies within a record by where it lies", () => {
    expect(words({ before: { bank: { number: "ending 000" } }, after: { bank: { number: "ending 678", bank_name: "FNB" } } })).toEqual([
      ["Bank", "None", "FNB"],
      ["Account number", "ending 000", "ending 678"],
    ]);
    expect(words({ before: { bank: { number: "ending 000" }, phone: "1" }, after: { bank: { number: "ending 678" }, phone: "2" } })).toEqual([
      ["Phone", "1", "2"],
      ["Bank details · Account number", "ending 000", "ending 678"],
    ]);
    expect(words({ name: "Aisha Jacobs" }, "proposal.approved")).toEqual([["Signed as", "Aisha Jacobs"]]);
    expect(words({ number: "INV-2026-0002" })).toEqual([["Invoice", "INV-2026-0002"]]);
  });

  it("tells an edit of money as money", () => {
    const money = (amount: number, currency = "ZAR") => formatMoney({ amount, currency });
    expect(words({ before: { total: 1725000 }, after: { total: 1150000 }, total: 1150000, currency: "ZAR" })).toEqual([["Total", money(1725000), money(1150000)]]);
    expect(words({ before: { currency: "EUR", total: 100 }, after: { currency: "ZAR", total: 2000 }, currency: "ZAR" })).toEqual([
      ["Currency", "EUR", "ZAR"],
      ["Total", money(100, "EUR"), money(2000)],
    ]);
  });

  it("writes days, moments, rates and names of the API as everywhere else", () => {
    const metadata = { valid_until: "2026-12-23T12:59:59+00:00", valid_from: "2027-01-01", occurred_at: "2026-11-23T10:00:00Z", rate: "9.00", country: "ZA", date_format: "DAY_MONTH_YEAR_DASHES", number_format: "POINT_COMMA", bytes: 26831 };
    expect(words(metadata)).toEqual([
      ["Valid until", "23 December 2026"],
      ["Valid from", "1 January 2027"],
      ["Time", formatExact(new Date("2026-11-23T10:00:00Z"))],
      ["Rate", "9%"],
      ["Country", "South Africa"],
      ["Date format", "21-11-2026"],
      ["Number format", "1.234,56"],
      ["File size", "27 kB"],
    ]);
  });

  it("says what an export left out, and how it was ordered", () => {
    expect(words({ sort: "-occurred_at", filter: { exclude_action: "session.renewed", outcome: "DENIED" } })).toEqual([
      ["Order", "Newest first"],
      ["Filters:", "Left out", "Session renewals"],
      ["Filters:", "Outcome", "Denied"],
    ]);
    expect(words({ sort: "title", filter: {} })).toEqual([
      ["Order", "Title, ascending"],
      ["Filters", "None"],
    ]);
  });

  it("leaves out of a file what tells a reader nothing", () => {
    expect(words({ logo: { key: "logos/1.png", sha256: "aa", size: 8950, width: 10, height: 10, alt: "A lighthouse" } })).toEqual([["Logo · Text for people who can’t see it", "A lighthouse"]]);
  });
});
