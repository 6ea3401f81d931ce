import { describe, expect, it } from "vitest";
import { formatPeriod, formatSeconds } from "./duration";

describe("lengths of time", () => {
  it.each([
    [0, "0.0 s"],
    [9.96, "10.0 s"],
    [45, "45 s"],
    [89, "89 s"],
    [90, "2 min"],
    [5_399, "90 min"],
    [7_200, "2 h"],
    [172_800, "2 days"],
  ])("%d seconds are %s", (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

  it.each([
    [60, "Every minute"],
    [300, "Every 5 min"],
    [3_600, "Every hour"],
    [86_400, "Every day"],
  ])("a period of %d seconds is told as %s", (seconds, text) => expect(formatPeriod(seconds)).toBe(text));
});
