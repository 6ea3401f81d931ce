import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { contrast as texts } from "./texts";
import { complaintAbout, darkAccent, DARK, LIGHT, pairsOf } from "./accent";

interface Pair {
  use: string;
  contrast: number;
  needed: number;
  is_enough: boolean;
}

const VECTORS = JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../../../../backend/tests/core/accents.json"), "utf8")) as {
  accent: string;
  light: Pair[];
  dark: Pair[];
  dark_accent: string;
}[];

it.each(VECTORS)("judges $accent as the server does", ({ accent, light, dark, dark_accent }) => {
  const told = (scheme: typeof LIGHT) => pairsOf(accent, scheme).map((pair) => ({ use: texts.pairs[scheme.name][pair.use](accent), contrast: Number(pair.contrast.toFixed(4)), needed: pair.needed, is_enough: pair.isEnough }));
  expect(told(LIGHT)).toEqual(light);
  expect(told(DARK)).toEqual(dark);
  expect(darkAccent(accent)).toBe(dark_accent);
});

it("says which pair fails, in the server's words", () => {
  expect(complaintAbout("#ffdd00", LIGHT)).toBe("White text on #ffdd00 has a contrast of 1.3; at least 4.5 is needed.");
  expect(complaintAbout("#006c94", LIGHT)).toBeUndefined();
});
