import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { GuideEntry } from "@/api/generated";
import { searchGuides } from "./search-guides";

interface Cases {
  guides: GuideEntry[];
  searches: { query: string; found: string[]; why: string }[];
  excerpts: { query: string; of: string; excerpt: string }[];
}

const FILE = path.resolve(import.meta.dirname, "../../../../backend/tests/main/guide_searches.json");
const cases = JSON.parse(readFileSync(FILE, "utf8")) as Cases;
const placeOf = (address: string) => address.replace("/docs/", "");

describe("a search finds what the server's finds", () => {
  it.each(cases.searches)("“$query”: $why", ({ query, found }) => {
    expect(searchGuides(cases.guides, query).map((one) => placeOf(one.path))).toEqual(found);
  });

  it.each(cases.excerpts)("and shows “$query” in $of", ({ query, of, excerpt }) => {
    const found = searchGuides(cases.guides, query).find((one) => placeOf(one.path) === of);
    expect(found?.excerpt.map((part) => (part.isHit ? `[${part.text}]` : part.text)).join("")).toBe(excerpt);
  });
});

it("answers a very long question at once", () => {
  expect(searchGuides(cases.guides, "proposal ".repeat(100_000))).not.toEqual([]);
});
