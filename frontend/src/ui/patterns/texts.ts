import { plural } from "./plural";

/** What the parts of pages say wherever they are, in English. */

/** What signs the consoles of staff. */
export const product = "CapeControl";

export const loading = "Loading";

export const errorState = { title: "This couldn’t be loaded", retry: "Try again", requestId: "the request id" };

export const forbidden = {
  title: "You don’t have access to this",
  hint: "Your role doesn’t include it. If you need access, ask the person who manages your team’s accounts.",
};

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

export const offline = "You’re offline. This page may be out of date. It updates when you’re back online.";

export const pageHeader = {
  breadcrumb: "Breadcrumb",
  /** The title of a tab or window. */
  tab: (page: string, site: string) => `${page} · ${site}`,
};

export const selection = { row: (name: string) => `Select ${name}`, all: "Select all", page: "Select all on this page" };

export const settings = { sections: (title: string) => `Sections of ${title}` };

export const stepper = { done: "(done)" };

export const timezone = {
  label: "Time zone",
  now: (moment: string, offset: string) => `It is now <moment>${moment}</moment> there (${offset}).`,
  moment: (time: string, day: string) => `${time} on ${day}`,
  placeholder: "Search for a city or region",
  empty: "No time zones match",
};

export const times = {
  now: "just now",
  minutes: { ago: (count: number) => `${count} min ago`, ahead: (count: number) => `in ${count} min` },
  hours: { ago: (count: number) => `${count} h ago`, ahead: (count: number) => `in ${count} h` },
  days: { ago: (count: number) => plural(count, { one: "yesterday", other: "# days ago" }), ahead: (count: number) => plural(count, { one: "tomorrow", other: "in # days" }) },
  /** For the middle of a sentence. */
  at: (time: string) => `at ${time}`,
  on: (day: string, time: string) => `on ${day} at ${time}`,
  exact: (day: string, time: string) => `${day}, ${time}`,
};

export const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
