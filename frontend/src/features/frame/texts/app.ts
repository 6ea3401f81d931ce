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
  prompt: "Search, or go to a page",
  jump: "Go to a page",
  keys: { mac: "⌘K", other: "Ctrl K" },
  keyHints: [
    { keys: ["↑", "↓"], does: "Move" },
    { keys: ["Enter"], does: "Open" },
    { keys: ["Esc"], does: "Close" },
  ],
  cancel: "Cancel",
  results: "Results",
  groups: { clients: "Clients", acts: "Actions", pages: "Pages", recent: "Recent", help: "Help", elsewhere: "Search elsewhere", project: places.projects, proposal: places.proposals, invoice: places.invoices },
  profile: userMenu.profile,
  help: userMenu.help,
  sections: {
    identity: `${places.business} · Identity`,
    brand: `${places.business} · Brand`,
    money: `${places.business} · Money`,
    formats: `${places.business} · Formats`,
    frontDoor: `${places.business} · Home page`,
  },
  themes: { light: "Use the light theme", dark: "Use the dark theme", system: "Use the system’s theme" },
  signOut: userMenu.signOut,
  /** Words that people type for what is called otherwise. */
  keywords: {
    profile: "account settings name time zone",
    help: "guides support questions documentation",
    theme: "appearance mode",
    // Not "logout": Enter after "logo" would end the session.
    signOut: "log out",
    identity: "settings name address contact registration",
    brand: "settings logo colour accent",
    money: "settings currency tax vat rates bank terms",
    formats: "settings dates numbers time zone",
    frontDoor: "settings front door website offers headline",
  },
  guide: "Guide",
  projectsOfClient: "Projects",
  all: (list: string, text: string) => `All ${list.toLowerCase()} that match “${text}”`,
  searchList: (list: string, text: string) => `Search ${list.toLowerCase()} for “${text}”`,
  searchGuides: (text: string) => `Search the guides for “${text}”`,
  tooShort: (letters: number) => `Type at least ${letters} letters to search.`,
  searching: "Searching…",
  nothing: (text: string) => `No results for “${text}”`,
  searched: "Projects, proposals and invoices are found by the start of a word in their name, code or number; pages, actions and guides by their name.",
  searchedByStaff: "Projects, proposals and invoices are found by the start of a word in their name, code or number; clients, pages, actions and guides by their name.",
  searchedPages: "Pages, actions and guides are found by the start of a word in their name.",
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
  help: "Help",
};
