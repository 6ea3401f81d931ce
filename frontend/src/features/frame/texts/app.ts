import { plural } from "@/ui/patterns/plural";
import { product } from "@/ui/patterns/texts/pages";

/** What stands around the pages of the app, in English. */

export const frame = {
  skip: "Skip to content",
  menu: "Open the menu",
  portalOf: (organization: string) => `Client portal · ${organization}`,
  navigation: "Main",
  platform: "Platform",
};

export const places = {
  dashboard: "Dashboard",
  projects: "Projects",
  proposals: "Proposals",
  invoices: "Invoices",
  workflows: "Workflows",
  audit: "Audit log",
  business: "Business",
  system: "System",
};

export const userMenu = {
  label: "Your menu,",
  profile: "Your profile",
  help: "Help",
  theme: "Theme",
  themes: { system: "System", light: "Light", dark: "Dark" },
  signOut: "Sign out",
};

export const palette = {
  label: "Search or jump to",
  search: "Search projects, proposals and invoices",
  jump: "Jump to a page",
  keys: { mac: "⌘K", other: "Ctrl K", close: "Esc" },
  results: "Results",
  groups: { pages: "Pages", recent: "Recent", project: places.projects, proposal: places.proposals, invoice: places.invoices },
  tooShort: (letters: number) => `Type at least ${letters} letters to search projects, proposals and invoices.`,
  searching: "Searching…",
  nothing: (text: string) => `No results for “${text}”. Try the start of a name, a code or a number.`,
  noPage: (text: string) => `No page is called “${text}”.`,
  count: (count: number) => plural(count, { one: "# result", other: "# results" }),
  failed: (reason: string) => `The search failed. ${reason}`,
  retry: "Try again",
};

export const confirmIdentity = {
  title: "Confirm it’s you",
  description: "Enter your password to make this change. You won’t be asked again for ten minutes.",
  password: "Password",
  missing: "Enter your password.",
  cancel: "Cancel",
  confirm: "Confirm",
};

export const footer = {
  product,
  build: (version: string, commit: string) => `${product} ${version} · ${commit}`,
  status: "Status",
  help: "Help",
};
