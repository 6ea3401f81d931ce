/** What the page that helps says, in English. */

import { plural } from "@/ui/patterns/plural";

export const help = {
  title: "Help",
  search: "Search the guides",
  loading: "Loading",
};

export const results = {
  label: "Results",
  count: (count: number) => plural(count, { zero: "No results", one: "# result", other: "# results" }),
  empty: { title: (query: string) => `No guide mentions “${query}”`, hint: "Check the spelling, try fewer words or choose a guide below." },
};

export const shortcuts = {
  title: "Keyboard and mouse",
  search: { term: "Search or go to a page", value: "<key>Ctrl</key> <key>K</key> or <key>⌘</key> <key>K</key>" },
  close: { term: "Close a dialog, panel or menu", value: "<key>Esc</key>" },
  time: { term: "See the exact time", value: "Point to a time such as “2 h ago”" },
  copy: { term: "Copy a number or ID", value: "Click it if it has a copy icon" },
};

export const support = {
  title: "If you need help",
  staff: "Ask whoever runs CapeControl for your business. The <api>API reference</api> describes every operation.",
  request: "If an error shows a request ID, include it in your message. It makes the cause easier to find.",
};
