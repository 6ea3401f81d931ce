import { describe, expect, it } from "vitest";
import { formatMoney } from "@/ui/patterns/money-format";
import { eventDetails } from "./event-details";

const words = (metadata: Record<string, unknown>, action = "project.updated") => eventDetails({ action, metadata }).words.map(({ name, text }) => [name, text]);
const codes = (metadata: Record<string, unknown>) => eventDetails({ action: "access.denied", metadata }).codes.map(({ name, text }) => [name, text]);

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
      ["Status", "Proposed → In progress"],
      ["Code", "PRJ-2026-001"],
    ]);
    expect(words({ changed: ["base_url", "api_key"], base_url: { to: "https://new.example", from: "https://old.example" } })).toEqual([
      ["Changed", "Address, API key"],
      ["Address", "https://old.example → https://new.example"],
    ]);
  });

  it("tells states and reasons as a reader would", () => {
    expect(words({ status: "ERROR", role: "ADMINISTRATOR" })).toEqual([
      ["Status", "Error"],
      ["Role", "Administrator"],
    ]);
    expect(words({ reason: "auth/forbidden" }, "access.denied")).toEqual([["Reason", "Their role doesn’t allow it"]]);
  });

  it("changes no word that somebody typed", () => {
    const typed = { name: "HARBOUR_LOGISTICS", reason: "refused", summary: "STOCK", names: ["ACME"], title: { from: "ACME", to: "ACME TWO" } };
    expect(words({ ...typed, before: { name: "ACME" }, after: { name: "LIGHTHOUSE" } })).toEqual([
      ["Name", "ACME → LIGHTHOUSE"],
      ["Name", "HARBOUR_LOGISTICS"],
      ["Reason", "refused"],
      ["Summary", "STOCK"],
      ["Names", "ACME"],
      ["Title", "ACME → ACME TWO"],
    ]);
  });

  it("leaves to the title what it says, and keeps ids and names of code apart", () => {
    const id = "01990000-0000-7000-8000-000000000001";
    const metadata = { summary: "List projects", operation: "list_projects", project_id: id, template: "Order intake" };
    expect(words(metadata, "access.denied")).toEqual([["Template", "Order intake"]]);
    expect(codes(metadata)).toEqual([
      ["Operation", "list_projects"],
      ["Project ID", id],
    ]);
  });

  it("tells an edit member by member, and only what changed", () => {
    const before = { phone: "021 555 0100", address: { line1: "1 Dock Road", city: "Cape Town" }, tax_number: null, terms: { length: 900, sha256: "aaaaaaaaaa" }, socials: ["x"] };
    const after = { phone: "021 555 0199", address: { line1: "1 Dock Road", city: "Durban" }, tax_number: "401", terms: { length: 950, sha256: "bbbbbbbbbb" }, socials: [] };
    expect(words({ before, after })).toEqual([
      ["Phone", "021 555 0100 → 021 555 0199"],
      ["Address · City", "Cape Town → Durban"],
      ["Terms", "900 characters (aaaaaaaa) → 950 characters (bbbbbbbb)"],
      ["Socials · 1", "x → nothing"],
      ["Tax number", "401"],
    ]);
    expect(words({ before: { valid_until: null }, after: { valid_until: "2026-12-31" } })).toEqual([["Valid until", "2026-12-31"]]);
  });

  it("sets nested data in the font of code", () => {
    expect(eventDetails({ action: "project.updated", metadata: { counts: { done: 3 } } }).words[0]).toMatchObject({ name: "Counts", isCode: true });
  });
});
