/** What is said where there is nothing at an address, in English. */
export const notFound = {
  title: "Page not found",
  hint: "Nothing is at this address. It may be mistyped, or what was here has moved or isn’t open to you.",
  /** By the first part of a record's address. */
  records: {
    projects: { title: "Project not found", hint: "This project isn’t open to you, or its address is mistyped." },
    proposals: { title: "Proposal not found", hint: "This proposal isn’t open to you, or its address is mistyped." },
    invoices: { title: "Invoice not found", hint: "This invoice isn’t open to you, or its address is mistyped." },
  },
  search: "Search",
  back: "Go back",
  dashboard: "Go to the dashboard",
  home: "Go to the home page",
};
