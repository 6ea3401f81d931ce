import { expect, it } from "vitest";
import { taxRateOf } from "@/testing/samples";
import { pastRate } from "./tax-rates";

const now = taxRateOf({ rate: "15.00" });
const replaced = taxRateOf({ rate: "14.00", is_current: false });
const coming = taxRateOf({ rate: "15.50", has_begun: false, is_current: false });

it.each([
  ["14", replaced],
  ["14,0", replaced],
  [" 14.00 ", replaced],
  ["15", undefined],
  ["15.5", undefined],
  ["0", undefined],
  ["", undefined],
  ["fourteen", undefined],
])("finds the past rate of '%s'", (typed, past) => {
  expect(pastRate(typed, [coming, now, replaced])).toBe(past);
});

it("takes a rate that is in effect under another name for no past one", () => {
  expect(pastRate("14", [replaced, taxRateOf({ name: "Levy", rate: "14.00" })])).toBeUndefined();
});
