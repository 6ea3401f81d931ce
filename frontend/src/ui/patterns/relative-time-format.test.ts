import { expect, it } from "vitest";
import { formatRelative, formatWhen } from "./relative-time-format";

const now = new Date(2026, 10, 21, 15, 0, 0);
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

it.each([
  [10, "just now"],
  [12 * 60, "12 min ago"],
  [59 * 60 + 40, "1 h ago"],
  [2 * 3600, "2 h ago"],
  [20 * 3600, "yesterday"],
  [3 * 86_400, "3 days ago"],
  [-3600, "in 1 h"],
])("tells %i seconds ago as %s", (seconds, words) => {
  expect(formatRelative(before(seconds), now)).toBe(words);
});

it.each([
  [20 * 60, "20 min ago"],
  [11.5 * 3600, "12 h ago"],
  [12.5 * 3600, "yesterday"],
  [-20 * 60, "in 20 min"],
])("tells %i seconds ago across midnight as %s", (seconds, words) => {
  const night = new Date(2026, 10, 21, seconds < 0 ? 23 : 0, seconds < 0 ? 50 : 10, 0);
  expect(formatRelative(new Date(night.getTime() - seconds * 1000), night)).toBe(words);
});

it("gives the date beyond a week", () => {
  expect(formatRelative(new Date(2026, 9, 28), now)).toBe("28 Oct 2026");
  expect(formatRelative(new Date(2025, 9, 28), now)).toBe("28 Oct 2025");
});

it("gives a moment for a sentence, with the day where it is another one", () => {
  expect(formatWhen(new Date(2026, 10, 21, 10, 41), now)).toBe("at 10:41");
  expect(formatWhen(new Date(2026, 10, 20, 23, 59), now)).toBe("on 20 Nov 2026 at 23:59");
});

it("says of what lies ahead that it is near, although a clock is a little off", () => {
  expect(formatRelative(new Date(now.getTime() + 20_000), now, true)).toBe("in a moment");
  expect(formatRelative(new Date(now.getTime() - 20_000), now, true)).toBe("in a moment");
  expect(formatRelative(new Date(now.getTime() + 120_000), now, true)).toBe("in 2 min");
});
