import { plural } from "@/ui/patterns/plural";

/** What every list says, in English. A noun is the list's own, in the plural unless it is counted: "projects". */

/** What a list is of. */
export interface Noun {
  one: string;
  other: string;
}

export const tools = {
  find: (noun: string) => `Find ${noun}`,
  sort: "Sort by",
  chooseColumns: "Choose columns",
  columns: "Columns",
  ifRoom: (column: string) => `${column} (if there’s room)`,
  allColumns: "Show all columns",
  exported: "Export CSV",
  /** Begins with what the button shows, for those who press it by saying its name. */
  exportedOf: (whole: string) => `Export CSV of ${whole}`,
};

export const filters = { status: "Status" };

export const client = {
  label: "Client",
  placeholder: "Find a client",
  /** Stands for the chosen one while its name is being loaded. */
  unnamed: "one client",
  loading: "Loading…",
  notLoaded: "The clients couldn’t be loaded. Close this list and open it again.",
  notFound: "No clients match. Check the spelling.",
};

export const days = {
  today: "Today",
  week: "Last 7 days",
  month: "This month",
  from: "From",
  to: "To",
  backward: "The end date must be on or after the start date.",
  apply: "Apply",
  between: (from: string, to: string) => `${from} to ${to}`,
  since: (from: string) => `from ${from}`,
  until: (to: string) => `until ${to}`,
};

/** How a column's head and the two orders of its values are named, where there are no heads to press. */
export const orders = {
  newest: "Newest first",
  of: (column: string, order: string) => `${column}: ${order}`,
  texts: { up: "A to Z", down: "Z to A" },
  times: { up: "oldest first", down: "newest first" },
  amounts: { up: "lowest first", down: "highest first" },
  now: (order: string) => `Sorted by ${order}`,
};

export const counts = {
  shown: (shown: number) => `${shown} shown`,
  of: (shown: string, total: string) => `${shown} of ${total}`,
  range: (first: string, last: string) => `${first}–${last}`,
  none: "No matches",
  all: (noun: string) => `all ${noun}`,
  whole: (total: string, noun: string) => `${total} ${noun}`,
};

export const selection = {
  label: "Selected rows",
  count: (count: number) => plural(count, { other: "# selected" }),
  /** All that match the filters, with their number where it is known. */
  all: (counted: string, isFiltered: boolean) => (isFiltered ? `${counted} that match` : counted),
  selectWhole: (whole: string) => `Select all ${whole}`,
  wholeSelected: (whole: string) => `All ${whole} are selected`,
  whole: (whole: string) => `all ${whole}`,
  refused: "That didn’t work",
  dismiss: "Close",
  clear: "Clear selection",
  cleared: "Selection cleared.",
  clearedByFilter: "Selection cleared because the filters changed.",
};

export const paging = { label: "Pages", first: "First page", previous: "Previous", next: "Next" };

export const stale = { title: (noun: string) => `Couldn’t refresh these ${noun}`, retry: "Try again" };

export const offline = { title: "You’re offline", hint: (noun: string) => `The ${noun} will appear when you’re back online.` };

export const stopped = { title: (noun: string) => `The search stopped after 10,000 ${noun}`, hint: "There may be more matches. Add a word or a filter to find them." };

export const pastTheEnd = {
  title: "This page is empty",
  hint: (pages: number | null) => (pages === null ? "You have reached the end of the list." : plural(pages, { one: "The list has only one page.", other: "The list has # pages." })),
  first: "Go to the first page",
};

export const lostPlace = {
  title: "This page of the list is no longer available",
  hint: "The link was created for a different order or filter.",
  first: pastTheEnd.first,
};
