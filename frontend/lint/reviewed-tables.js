/** The exceptions that the rule `tables` knows, by the file below `src/`. Whoever adds one tells the reviewer why; one that nothing needs is refused. */

const OWN_PROJECT = "the project's own few, found and filtered on the page of all";

/** What lists do without, and why. */
const lists = {
  "features/billing/project-invoices.tsx": { without: ["searched", "filters"], because: OWN_PROJECT },
  "features/proposals/project-proposals.tsx": { without: ["searched", "filters"], because: OWN_PROJECT },
  "features/workflows/execution-log.tsx": { without: ["searched"], because: "a run has no words but its error; it is found by its start and its result" },
  "features/workflows/environments-panel.tsx": { without: ["filters"], because: "a business has a handful of n8n servers; whether one is reachable is seen at a glance" },
  "features/workflows/templates-panel.tsx": { without: ["filters"], because: "the search finds the category, too" },
  "features/system/dead-letters.tsx": { without: ["searched"], because: "messages have no words; they are found by what they were for" },
};

/** Tables that are no lists of records, and why. */
const others = {
  "features/business/accent-form.tsx": "pairs of colours and their contrast: part of a form",
  "features/dashboards/client-dashboard.tsx": "the latest invoices in short, with a link to the list of all",
  "features/system/key-rings-table.tsx": "four rings of keys, all on one screen",
  "features/system/lanes-table.tsx": "a figure for each kind of delivery, all on one screen",
  "features/system/processes-table.tsx": "the processes that run now, all on one screen",
  "features/system/schedule-table.tsx": "the jobs of this release, all on one screen, next run first",
  "features/workflows/project-workflows.tsx": "a project's own few workflows, as cards; the list of all is on the workflows page",
  "lib/line-items-table.tsx": "the lines of a document, in the document's order",
  "ui/patterns/data-table-skeleton.tsx": "holds the place of a table that is loading",
};

export const REVIEWED_TABLES = { lists, others };
