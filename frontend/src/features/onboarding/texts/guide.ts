/** What the last step says, in English. */

export const guide = {
  title: "Three tips before you start",
  lead: "Then you’re ready to go.",
  dashboard: { title: "Your dashboard lists everything that needs your attention.", text: "Proposals to review and payments due appear at the top." },
  timeline: { title: "Each project has a timeline.", text: "Proposals, payments and workflows appear there as they happen." },
  search: { title: "Press <key>Ctrl</key> <key>K</key> to search.", text: "On a Mac, press <key>⌘</key> <key>K</key>." },
  submit: "Go to your dashboard",
};
