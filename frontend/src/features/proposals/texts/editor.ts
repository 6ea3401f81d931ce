import type { ProposalStatus } from "@/api/generated";

/** What the editor of a proposal says, in English. */

export const editor = {
  newTitle: "New proposal",
  overview: {
    title: "Overview",
    name: { label: "Title", missing: "Enter a title." },
    summary: { label: "Summary", hint: "A short summary shown at the top: what the client gets and when." },
  },
  lineItems: "Line items",
  pricesInclude: (tax: string) => `Prices include ${tax}`,
  closing: {
    title: "Validity and terms",
    validUntil: { label: "Valid until", hint: "The last day on which the client can approve it.", missing: "Choose an expiry date." },
    terms: { label: "Terms" },
  },
  sendingHint: (organization: string) => `When you send this version, the owners of ${organization} receive a link and a PDF by e-mail. You can’t edit it afterwards.`,
  save: "Save draft",
  saved: "Draft saved",
  send: "Send proposal",
};

/** How much text there is, of how much there may be. */
export const textLength = {
  of: (length: string, limit: string) => `${length} of ${limit} characters`,
  tooLong: (length: string, limit: string) => `${length} of ${limit} characters. Shorten the proposal before you save it.`,
};

export const lineItem = {
  noun: "line items",
  missing: "Add at least one line item.",
  add: "Add line",
  remove: (position: number) => `Remove line ${position}`,
  description: { label: (position: number) => `Line ${position} description`, missing: "Enter a description." },
  quantity: {
    label: "Quantity",
    missing: "Enter a quantity.",
    invalid: "Enter more than 0, such as 1.5.",
    digits: (digits: number) => `Use up to ${digits} digits before the point.`,
  },
  price: {
    label: (currency: string) => `Price (${currency})`,
    missing: "Enter a price, or 0.",
    invalid: (example: string) => `Enter an amount, such as ${example}.`,
    tooLarge: (amount: string) => `Enter ${amount} or less.`,
  },
  tax: {
    label: (tax: string) => `${tax} (%)`,
    missing: "Enter a rate, or 0.",
    invalid: "Enter 0 to 100.",
    past: (rate: string) => `${rate} isn’t in effect any more. This line keeps it until you change it.`,
  },
  decimals: (places: number) => `Use up to ${places} decimals.`,
  amount: "Amount",
  optional: "Optional extra (not in the total)",
};

/** Why new lines have no rate of tax yet. */
export const noTaxRate = {
  title: "Enter a tax rate for each line",
  noDefault: "Your business has no default tax, so new lines start without a rate.",
  noRateToday: (tax: string) => `${tax} has no rate today, so new lines start without one.`,
  settings: "Tax rates",
};

export const totals = { title: "Totals", subtotal: "Subtotal", total: "Total" };

/** The draft as plain text, for the clipboard. */
export const plainText = {
  line: (description: string, quantity: string, price: string, rate: string) => `${description}: ${quantity} × ${price}, tax ${rate}%`,
  optionalLine: (description: string, quantity: string, price: string, rate: string) => `${description}: ${quantity} × ${price}, tax ${rate}%, optional`,
  validUntil: (day: string) => `Valid until ${day}`,
};

/** Where a proposal begins that is not a project's first. */
export const beginsWith = {
  title: (version: number, status: ProposalStatus) => `This draft starts with the content of version ${String(version)}${ended[status] ?? ""}`,
  note: (words: string) => `The client wrote: “${words}”`,
  blank: "Start with a blank proposal",
};
const ended: Partial<Record<ProposalStatus, string>> = { DECLINED: ", which was declined", EXPIRED: ", which expired" };

/** What the client wants of the draft. */
export const requestedChanges = (version: number) => ({
  on: `Changes to version ${version} requested on <day></day>`,
  by: (name: string) => `Changes to version ${version} requested by ${name} on <day></day>`,
});

export const savedElsewhere = {
  title: (when: string) => `This draft was saved elsewhere ${when}.`,
  hint: "You are looking at an older copy.",
  keepHint: "You are looking at an older copy. If you keep yours, your next save replaces the other one.",
  show: "Show the saved draft",
  keep: "Keep mine",
  question: "Show the saved draft?",
  warning: "Your unsaved changes on this page will be lost.",
};

export const sentMeanwhile = {
  title: "This proposal was sent. Your changes were not saved.",
  titleAt: (when: string) => `This proposal was sent ${when}. Your changes were not saved.`,
  hint: "It can’t be edited any more. Copy what you want to keep.",
  copy: "Copy my text",
  copied: "Text copied.",
  notCopied: "Your browser blocked copying. Select the text below and copy it yourself.",
  discard: "Discard my changes",
};
