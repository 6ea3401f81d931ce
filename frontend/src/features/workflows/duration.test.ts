import { expect, it } from "vitest";
import { formatDuration } from "./duration";

it.each([
  [0, "0.0 s"],
  [1_240, "1.2 s"],
  [42_400, "42 s"],
  [59_700, "1 min"],
  [185_000, "3 min 5 s"],
  [7_800_000, "2 h 10 min"],
  [-5_000, "0.0 s"],
])("writes %i ms as %s", (milliseconds, words) => {
  const start = Date.UTC(2026, 10, 21, 8);
  expect(formatDuration(new Date(start).toISOString(), new Date(start + milliseconds).toISOString())).toBe(words);
});
