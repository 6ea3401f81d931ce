import { afterEach, expect, it, vi } from "vitest";
import { markStart, startsAt } from "./start-mark";

afterEach(() => {
  localStorage.clear();
  vi.restoreAllMocks();
});

it("knows where the last reader begins", () => {
  markStart("/audit");
  expect(startsAt("/dashboard")).toBe(false);
  markStart("/dashboard");
  expect(startsAt("/dashboard")).toBe(true);
});

it("asks for nothing beforehand where nobody has read yet, or storage is closed", () => {
  expect(startsAt("/dashboard")).toBe(false);
  vi.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
    throw new Error("closed");
  });
  expect(startsAt("/dashboard")).toBe(false);
});
