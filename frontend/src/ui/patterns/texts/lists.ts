/** What lists say in their filters and rows, in English. */

export const filters = {
  clear: "Clear",
  any: "Any",
  value: (label: string, value: string) => `${label}: ${value}`,
  remove: (label: string) => `Remove the ${label} filter`,
};

export const filteredEmpty = {
  title: (noun: string) => `No ${noun} match these filters`,
  hint: "Change the filters, or clear them to see everything.",
  clear: "Clear filters",
};

export const selection = { row: (name: string) => `Select ${name}`, all: "Select all", page: "Select all on this page" };
