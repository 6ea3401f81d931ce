import { plural } from "../plural";

/** What the parts of pages say wherever they are, in English. */

/** What signs the consoles of staff. */
export const product = "CapeControl";

export const loading = "Loading";

export const chooseDate = "Choose a date";

export const errorState = { title: "This couldn’t be loaded", retry: "Try again", requestId: "the request id" };

export const forbidden = {
  title: "You don’t have access to this",
  hint: "Your role doesn’t include it.",
  dashboard: "Go to the dashboard",
};

export const offline = "You’re offline. This page may be out of date. It updates when you’re back online.";

export const pageHeader = {
  breadcrumb: "Breadcrumb",
  /** The title of a tab or window. */
  tab: (page: string, site: string) => `${page} · ${site}`,
};

export const stepper = { done: "(done)" };

export const times = {
  now: "just now",
  soon: "in a moment",
  minutes: { ago: (count: number) => `${count} min ago`, ahead: (count: number) => `in ${count} min` },
  hours: { ago: (count: number) => `${count} h ago`, ahead: (count: number) => `in ${count} h` },
  days: { ago: (count: number) => plural(count, { one: "yesterday", other: "# days ago" }), ahead: (count: number) => plural(count, { one: "tomorrow", other: "in # days" }) },
  /** For the middle of a sentence. */
  at: (time: string) => `at ${time}`,
  on: (day: string, time: string) => `on ${day} at ${time}`,
  exact: (day: string, time: string) => `${day}, ${time}`,
};

export const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
