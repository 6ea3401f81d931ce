import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forgetWork, forgetWorkOfOthers, isWorkKept, keepWork, keptWork } from "./kept-work";

const HOUR = 60 * 60 * 1000;

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
});
afterEach(() => void vi.useRealTimers());

it("keeps what is typed by person and form, for an hour", () => {
  keepWork("thandi", "project.1", { values: { title: "Lead capture" }, base: 4 });
  vi.advanceTimersByTime(HOUR - 1);
  keepWork("thandi", "project.2", { values: { title: "Reports" } });
  expect(keptWork("thandi", "project.1")).toMatchObject({ values: { title: "Lead capture" }, base: 4 });
  expect(keptWork("sipho", "project.1")).toBeUndefined();
  vi.advanceTimersByTime(1);
  expect(keptWork("thandi", "project.1")).toBeUndefined();
  expect(keptWork("thandi", "project.2")).toMatchObject({ values: { title: "Reports" } });
});

it("forgets what was put back, and leaves nothing behind", () => {
  keepWork("thandi", "project.1", { values: {} });
  expect(isWorkKept()).toBe(true);
  forgetWork("thandi", "project.1");
  expect(isWorkKept()).toBe(false);
  expect(sessionStorage).toHaveLength(0);
});

it.each([
  ["thandi", 1],
  ["sipho", 0],
  [null, 0],
])("leaves %s nothing of anybody else", (person, left) => {
  keepWork("thandi", "project.1", { values: {} });
  forgetWorkOfOthers(person);
  expect(sessionStorage).toHaveLength(left);
});

it("takes the place of what another person left", () => {
  keepWork("thandi", "project.1", { values: { title: "Lead capture" } });
  keepWork("sipho", "project.2", { values: {} });
  expect(sessionStorage.getItem("capecontrol.unsaved")).not.toContain("Lead capture");
});
