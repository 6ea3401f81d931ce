import { describe, expect, it } from "vitest";
import { auditQuery } from "./queries";

describe("auditQuery", () => {
  it("takes whole days of the reader's zone, the last one included", () => {
    expect(auditQuery({ from: "2026-11-20", to: "2026-11-21" })).toMatchObject({
      from: new Date(2026, 10, 20).toISOString(),
      to: new Date(2026, 10, 22).toISOString(),
    });
  });

  it("ends a day at the next midnight also where clocks change", () => {
    // Whatever the zone of this machine, every day of the year ends where the next one begins.
    for (let day = new Date(2026, 0, 1); day.getFullYear() === 2026; day = new Date(2026, day.getMonth(), day.getDate() + 1)) {
      const written = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
      expect(auditQuery({ to: written }).to).toBe(new Date(2026, day.getMonth(), day.getDate() + 1).toISOString());
    }
  });

  it("leaves the other parts of the filter as they are", () => {
    expect(auditQuery({ q: "naledi", action: "session.", outcome: "DENIED", page: 3 })).toEqual({
      q: "naledi",
      action: "session.",
      outcome: "DENIED",
      page: 3,
      from: undefined,
      to: undefined,
    });
  });
});
