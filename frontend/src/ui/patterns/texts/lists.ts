/** What lists say in their filters and rows, in English. */

export const filters = {
  clear: "Clear",
  any: "Any",
  value: (label: string, value: string) => `${label}: ${value}`,
  remove: (label: string) => `Remove the ${label} filter`,
};

export const filteredEmpty = {
  title: (noun: string) => `No ${noun} match these filters`,
  notFound: (noun: string, words: string) => `No ${noun} found for “${words}”`,
  /** Where filters hold beside a search. */
  notFoundSo: (noun: string, words: string) => `No ${noun} match “${words}” and these filters`,
  hint: "Change the filters, or clear them to see everything.",
  /** Says what a search looks at, as its field does: "Title, code or client". */
  searched: (where: string) => `You can search by ${/^[A-Z][a-z]/.test(where) ? where.charAt(0).toLowerCase() + where.slice(1) : where}.`,
  clear: "Clear filters",
  clearSearch: "Clear search",
  clearBoth: "Clear search and filters",
};

export const selection = { row: (name: string) => `Select ${name}`, all: "Select all", page: "Select all on this page" };
