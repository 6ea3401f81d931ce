import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { contrast, parseOklch } from "./contrast";

const css = readFileSync(path.resolve(import.meta.dirname, "tokens.css"), "utf8");

function token(name: string, theme: "light" | "dark"): string {
  const match = new RegExp(`--${name}: light-dark\\((oklch\\([^)]*\\)), (oklch\\([^)]*\\))\\);`).exec(css);
  if (!match) throw new Error(`no token --${name}`);
  return (theme === "light" ? match[1] : match[2]) ?? "";
}

const GROUNDS = ["bg", "surface", "raised", "sunk", "hover"];
const TEXT: [string, string[]][] = [
  ["ink", [...GROUNDS, "soft", "ok-s", "bad-s", "warn-s"]],
  ["ink-2", [...GROUNDS, "soft"]],
  ["ink-3", GROUNDS],
  ["accent", ["bg", "surface", "raised", "sunk"]],
  ["accent-2", GROUNDS],
  ["on-accent", ["accent", "accent-2"]],
  ["soft-ink", ["soft"]],
  ["ok", ["bg", "surface", "raised", "ok-s"]],
  ["bad", ["bg", "surface", "raised", "bad-s"]],
  ["on-bad", ["bad"]],
  ["warn", ["bg", "surface", "raised", "warn-s"]],
];
const CONTROLS: [string, string[]][] = [
  ["edge", ["bg", "surface", "raised", "sunk"]],
  ["accent", ["bg", "surface", "raised", "sunk"]],
  ["bad", ["surface", "raised"]],
];

describe.each(["light", "dark"] as const)("%s tokens", (theme) => {
  const ratio = (front: string, ground: string) =>
    contrast(parseOklch(token(front, theme)), parseOklch(token(ground, theme)));

  it.each(TEXT.flatMap(([front, grounds]) => grounds.map((ground) => [front, ground] as const)))(
    "%s on %s reads at 4.5:1",
    (front, ground) => {
      expect(ratio(front, ground)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(CONTROLS.flatMap(([front, grounds]) => grounds.map((ground) => [front, ground] as const)))(
    "%s bounds a control on %s at 3:1",
    (front, ground) => {
      expect(ratio(front, ground)).toBeGreaterThanOrEqual(3);
    },
  );
});

it("agrees with the known ratio of black on white", () => {
  expect(contrast(parseOklch("oklch(0 0 0)"), parseOklch("oklch(1 0 0)"))).toBeCloseTo(21, 1);
});
