/** What controls say wherever they are, in English. */

export const combobox = { empty: "No matches", open: "Show the list", unmatched: "Choose one from the list." };

export const dialog = { close: "Close", cancel: "Cancel" };

export const copyable = { copy: (what: string) => `Copy ${what}: `, copied: "Copied" };

export const field = { optional: "optional" };

export const fileInput = { choose: "Choose file", change: "Choose another file" };

export const pagination = { label: "Pages", at: (page: number, pages: number) => `Page ${page} of ${pages}`, previous: "Previous page", next: "Next page" };

export const password = { show: "Show password", hide: "Hide password" };

export const toast = { dismiss: "Dismiss" };
