import { contrast as texts } from "./texts";

/** The colours of ours that an accent meets on the pages of one scheme: the tokens, and the server's `core/colour.py`. */
export interface Scheme {
  name: "light" | "dark";
  page: string;
  card: string;
  onAccent: string;
}

/** What an accent is used for. */
export type AccentUse = keyof typeof texts.uses;

export interface ContrastPair {
  use: AccentUse;
  contrast: number;
  needed: number;
  isEnough: boolean;
}

export const LIGHT: Scheme = { name: "light", page: "#f8fafc", card: "#ffffff", onAccent: "#ffffff" };
export const DARK: Scheme = { name: "dark", page: "#0f1319", card: "#1d2229", onAccent: "#081822" };
const TEXT_MIN = 4.5;
const CONTROL_MIN = 3;

/** Says whether a text is a colour as #rrggbb. */
export function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text.trim());
}

/** Gives the contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** Gives a colour with so many per cent of another one in it. */
export function mixed(colour: string, other: string, percent: number): string {
  const theirs = channels(other);
  const parts = channels(colour).map((value, index) => Math.floor((100 * value + percent * ((theirs[index] ?? 0) - value) + 50) / 100));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Gives what an accent has to be readable as. */
export function pairsOf(accent: string, scheme: Scheme): ContrastPair[] {
  const pair = (use: AccentUse, background: string, needed: number) => {
    const ratio = contrast(accent, background);
    return { use, contrast: ratio, needed, isEnough: ratio >= needed };
  };
  return [
    pair("text", scheme.onAccent, TEXT_MIN),
    pair("pageLink", scheme.page, TEXT_MIN),
    pair("pageControl", scheme.page, CONTROL_MIN),
    pair("cardLink", scheme.card, TEXT_MIN),
    pair("cardControl", scheme.card, CONTROL_MIN),
  ];
}

/** Says what is wrong with an accent; undefined when everybody can read it. */
export function complaintAbout(accent: string, scheme: Scheme): string | undefined {
  const failing = pairsOf(accent, scheme).find((pair) => !pair.isEnough);
  return failing && texts.complaint(texts.pairs[scheme.name][failing.use](accent), ratioText(failing.contrast), ratioText(failing.needed));
}

/** Writes a ratio cut, not rounded: 4.48 is not the 4.5 that is asked for. */
export function ratioText(ratio: number): string {
  return (Math.floor(ratio * 10) / 10).toFixed(1);
}

/** Gives the accent of dark pages that goes with one of light pages. */
export function darkAccent(accent: string): string {
  for (let percent = 0; percent < 100; percent += 4) {
    const candidate = mixed(accent, "#ffffff", percent);
    if (pairsOf(candidate, DARK).every((pair) => pair.isEnough)) return candidate;
  }
  return "#ffffff";
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => linear(channel / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
