import type { NeedKind } from "@/api/generated";
import { plural } from "@/ui/patterns/plural";

/** What the dashboards say, in English. */

export const page = {
  title: "Dashboard",
  today: (day: string, zone: string) => `${day}, ${zone}`,
  loading: "Loading",
};

export const figures = {
  projects: "Active projects",
  newProjects: (count: number) => plural(count, { zero: "None created this month", other: "# of them created this month" }),
  proposals: "Proposals waiting",
  worth: "<sum></sum> in total",
  noProposals: "None awaiting a decision",
  revenue: "Revenue this month",
  received: "Payments received",
  compared: (percent: number) => `${percent < 0 ? "−" : "+"}${Math.abs(percent)}% on the same days of last month`,
  failing: "Failing workflows",
  failedRuns: (count: number) => plural(count, { one: "# failed run in the last 7 days", other: "# failed runs in the last 7 days" }),
  failedDeployments: (count: number) => plural(count, { one: "# failed deployment", other: "# failed deployments" }),
  noFailures: "No failed runs or deployments",
};

export const needs = {
  title: "Needs your attention",
  all: (count: number) => `View all ${count}`,
  /** What the list says while it is empty. */
  emptyForStaff: "You’re all caught up. Change requests, declined, expired and undelivered proposals, payments that need a look, failures and undelivered messages appear here.",
  emptyForClient: "You’re all caught up. Proposals to review and payments due appear here.",
};

/** Takes an entry off the list. */
export const dismissal = {
  verb: "Dismiss",
  verbOf: (title: string) => `Dismiss “${title}”`,
  done: "Dismissed",
  undo: "Undo",
  notUndone: "The entry stays dismissed",
  stays: "You can still go on from the project.",
};

/** What a client does next, on a button; who may only read it opens it. */
export const steps: Partial<Record<NeedKind, string>> = { PROPOSAL_TO_DECIDE: "Review", PROPOSAL_TO_PAY: "Pay", PROPOSAL_WITH_OWNER: "View" };

export const projects = {
  title: "Projects",
  all: "All projects",
  updated: "Updated",
  empty: { title: "No projects yet", hint: (business: string) => `Your first project appears here once ${business} sets it up.` },
};

/** A client's home before anything was done for them. */
export const firstDay = {
  title: "Your work starts here",
  hint: (business: string) => `${business} sets up your first project. When a proposal is ready, you get an e-mail and can review and approve it here.`,
};

export const payments = { title: "Payments", paid: "Paid so far", open: "Outstanding", processing: "of which being paid" };

export const invoices = { title: "Recent invoices", all: "All invoices", number: "Number", subject: "For", issued: "Issued", total: "Total" };

export const activity = {
  title: "Activity",
  by: (organization: string, person: string) => `${organization} · by ${person}`,
  empty: { title: "No activity yet", hint: "Proposals, payments and workflows appear here as they happen." },
};
