/** What the last step says, in English. */

export const guide = {
  title: "Three tips before you start",
  lead: "Then you’re ready to go.",
  dashboard: { title: "Your dashboard lists everything that needs your attention.", text: "Proposals to review and payments due appear at the top." },
  timeline: { title: "Each project has a timeline.", text: "Proposals, payments and workflows appear there as they happen." },
  search: { title: "Search from any page.", text: "The search at the top finds projects, proposals, invoices and guides." },
  /** For who has a keyboard. */
  searchKeys: "Press <key>Ctrl</key> <key>K</key> to open it, or <key>⌘</key> <key>K</key> on a Mac.",
  submit: "Go to your dashboard",
};
