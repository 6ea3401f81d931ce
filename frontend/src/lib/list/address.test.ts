import { afterEach, describe, expect, it } from "vitest";
import { writeAs } from "@/ui/patterns/formats";
import { bothWays, cleared, exportQuery, filterOnly, isFiltered, listQuery, readListFilter } from "./address";

afterEach(() => writeAs({ timezone: undefined }));

describe("the query of a list", () => {
  it("takes whole days of the reader's zone, the last one included", () => {
    expect(listQuery({ from: "2026-11-20", to: "2026-11-21" })).toMatchObject({
      from: new Date(2026, 10, 20).toISOString(),
      to: new Date(2026, 10, 22).toISOString(),
    });
  });

  it("ends a day at the next midnight also where clocks change", () => {
    // Whatever the zone of this machine, every day of the year ends where the next one begins.
    for (let day = new Date(2026, 0, 1); day.getFullYear() === 2026; day = new Date(2026, day.getMonth(), day.getDate() + 1)) {
      const written = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
      expect(listQuery({ to: written }).to).toBe(new Date(2026, day.getMonth(), day.getDate() + 1).toISOString());
    }
  });

  it("takes the days of the zone that the reader chose, not of the browser", () => {
    writeAs({ timezone: "Pacific/Auckland" });
    expect(listQuery({ from: "2026-09-27", to: "2026-09-27" })).toEqual({ from: "2026-09-26T12:00:00.000Z", to: "2026-09-27T11:00:00.000Z" });
    writeAs({ timezone: "America/St_Johns" });
    expect(listQuery({ from: "2026-11-01", to: "2026-11-01" })).toEqual({ from: "2026-11-01T02:30:00.000Z", to: "2026-11-02T03:30:00.000Z" });
  });

  it("leaves the other parts of the filter as they are", () => {
    expect(listQuery({ q: "naledi", action: "session.", outcome: "DENIED", page: 3, hide: "ip" })).toEqual({ q: "naledi", action: "session.", outcome: "DENIED", page: 3 });
  });
});

describe("the query of a list's file", () => {
  it("carries filter and order, and no page", () => {
    expect(exportQuery({ q: "harbour", sort: "-title", page: 3, cursor: "x", hide: "code" })).toEqual({ q: "harbour", sort: "-title" });
  });
});

const KIND = { statuses: ["ISSUED", "PAID"], sorts: bothWays("total", "number"), takes: ["q", "org_id", "days"] } as const;
const ID = "01990000-0000-7000-8000-000000000001";

describe("the address of a list", () => {
  it("is read for what the list knows, and for nothing else", () => {
    expect(readListFilter({ q: " Harbour ", status: "PAID", sort: "-total", page: "2", org_id: ID, from: "2026-11-01", to: "2026-11-21", hide: "code", colour: "red" }, KIND)).toEqual({
      q: " Harbour ", status: "PAID", sort: "-total", page: 2, org_id: ID, from: "2026-11-01", to: "2026-11-21", hide: "code",
    });
    expect(readListFilter({ q: " ", status: "PINK", sort: "colour", page: "0", org_id: "me", from: "2026-02-30", to: "soon" }, KIND)).toEqual({});
    expect(readListFilter({ q: "x", status: "PAID", org_id: ID, from: "2026-11-01" }, { sorts: KIND.sorts, takes: [] })).toEqual({});
  });

  it("may hold a number to look for", () => {
    expect(readListFilter({ q: 2026 }, KIND).q).toBe("2026");
  });

  it("names one place: a cursor leaves no page", () => {
    expect(readListFilter({ cursor: "abc", page: 3 }, KIND)).toEqual({ cursor: "abc" });
  });

  it("filters by what leaves rows out, not by order, page or look", () => {
    expect(isFiltered({ sort: "total", page: 2, cursor: "x", hide: "code", q: undefined })).toBe(false);
    expect(filterOnly({ q: "x", sort: "total", status: undefined })).toEqual({ q: "x" });
    expect(cleared({ q: "x", status: "PAID", sort: "total", hide: "code", page: 2 })).toEqual({ sort: "total", hide: "code" });
  });
});
