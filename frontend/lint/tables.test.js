import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = join(import.meta.dirname, "../src");
const SOURCES = readdirSync(SRC, { recursive: true })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".tsx") && !path.endsWith(".test.tsx") && !path.startsWith("testing/"))
  .map((path) => [path, readFileSync(join(SRC, path), "utf8")]);

/** What a table of records offers: a search, filters, an order and a file. */
const OFFERS = ["searched", "filters", "defaultSort", "exported"];

const OWN_PROJECT = "the project's own few, found and filtered on the page of all";

/** What lists do without, and why. Whoever adds a line here says the cause to a reviewer. */
const LISTS_WITHOUT = {
  "features/billing/project-invoices.tsx": { without: ["searched", "filters"], because: OWN_PROJECT },
  "features/proposals/project-proposals.tsx": { without: ["searched", "filters"], because: OWN_PROJECT },
  "features/workflows/execution-log.tsx": { without: ["searched"], because: "a run has no words but its error; it is found by its start and its result" },
  "features/workflows/environments-panel.tsx": { without: ["filters"], because: "a business has a handful of n8n servers; whether one is reachable is seen at a glance" },
  "features/workflows/templates-panel.tsx": { without: ["filters"], because: "the search finds the category, too" },
  "features/system/dead-letters.tsx": { without: ["searched"], because: "messages have no words; they are found by what they were for" },
};

/** Tables that are no lists of records, and why. */
const NO_LISTS = {
  "features/business/accent-form.tsx": "pairs of colours and their contrast: part of a form",
  "features/dashboards/client-dashboard.tsx": "the latest invoices in short, with a link to the list of all",
  "features/system/key-rings-table.tsx": "four rings of keys, all on one screen",
  "features/system/lanes-table.tsx": "a figure for each kind of delivery, all on one screen",
  "features/system/processes-table.tsx": "the processes that run now, all on one screen",
  "features/system/schedule-table.tsx": "the jobs of this release, all on one screen, next run first",
  "features/workflows/project-workflows.tsx": "a project's own few workflows, as cards; the list of all is on the workflows page",
  "lib/line-items-table.tsx": "the lines of a document, in the document's order",
};

/** Gives the files below `src/` whose text has one of these tags, with its attributes. */
function tagsOf(pattern) {
  const found = new Map();
  for (const [path, text] of SOURCES) {
    const tags = [...text.matchAll(pattern)].map((match) => text.slice(match.index, endOf(text, match.index)));
    if (tags.length > 0) found.set(path, tags);
  }
  return found;
}

/** Finds where an opening tag ends: at the first ">" outside of braces. */
function endOf(text, start) {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    else if (text[at] === "}") depth -= 1;
    else if (text[at] === ">" && depth === 0) return at;
  }
  return text.length;
}

const isFrame = (path) => path.startsWith("lib/list/") || path.startsWith("ui/patterns/");
const lists = [...tagsOf(/<(List|ListPage)\s/g)].filter(([path]) => !isFrame(path));
const tables = [...tagsOf(/<(DataTable|table|ListView)\s/g)].filter(([path]) => !isFrame(path));

describe("every list", () => {
  it.each(lists)("finds, filters, sorts and exports, or is reviewed: %s", (path, tags) => {
    for (const tag of tags) {
      const missing = OFFERS.filter((offer) => !new RegExp(`\\s${offer}=`).test(tag));
      expect(missing).toEqual(LISTS_WITHOUT[path]?.without ?? []);
    }
  });
});

it("every other table is reviewed", () => {
  expect(tables.map(([path]) => path).toSorted()).toEqual(Object.keys(NO_LISTS).toSorted());
});

it("no reviewed exception outlives its table", () => {
  expect(Object.keys(LISTS_WITHOUT).filter((path) => !lists.some(([known]) => known === path))).toEqual([]);
});
