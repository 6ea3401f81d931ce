import { plural } from "@/ui/patterns/plural";
import { product } from "@/ui/patterns/texts";

/** What stands around every page, in English. */

export const frame = {
  skip: "Skip to content",
  menu: "Open the menu",
  /** Whose pages these are, as long as the business's name is not known. */
  portal: "Client portal",
  portalOf: (organization: string) => `Client portal · ${organization}`,
  home: (business: string) => `${business} home page`,
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

export const localBanner = {
  label: "About this installation",
  text: "Local demo: e-mail, Stripe and n8n are simulated.",
  mailbox: "Open the mailbox",
  mailboxShort: "Mailbox",
  n8n: "Local n8n",
};

export const pending = "Loading";

export const notFound = {
  title: "Page not found",
  hint: "It may have moved, or you may not have access to it.",
  dashboard: "Go to the dashboard",
  home: "Go to the home page",
};

export const notLoaded = {
  title: "Page not loaded",
  own: "Something went wrong on this page. Try again. If it keeps happening, tell support what you were doing.",
  stuck: "Still not working? <home>Go to the home page</home>",
};
