import { expect, it } from "vitest";
import { meetsPolicy } from "./password-policy";

it.each([
  ["Short-1", false],
  ["alllowercase", false],
  ["Mixed-word", true],
  ["a long sentence of words", true],
  ["aaaaaaaaaaaaaaaaaaaa", false],
  ["Thandi-2026", false],
])("judges %j as the server does", (password, isGood) => {
  expect(meetsPolicy(password, "thandi@harbour.example")).toBe(isGood);
});
