/** What the pages of the audit log say, in English. */

export const auditLog = {
  title: "Audit log",
  label: "Audit events",
  noun: { one: "event", other: "events" },
  facts: "Every security and business action. Nobody can change or delete an entry.",
  searched: "Action, actor or id",
  area: "Area",
  date: "Date",
  empty: { title: "No entries yet", hint: "The first sign-in will be the first entry." },
};

export const columns = { action: "Action", actor: "Actor", resource: "Resource", address: "IP address", time: "When", outcome: "Outcome" };

export const outcomes = { SUCCESS: "Success", FAILURE: "Failure", DENIED: "Denied" };

/** Whom a person acts for; who is none of these is named without a word beside it. */
export const sides: Partial<Record<string, string>> = { OPERATOR: "Staff", USER: "Member", APP: "App" };

/** Actors that have no name of their own. */
export const nameless = { SYSTEM: "CapeControl", ANONYMOUS: "Not signed in" };

export const entry = {
  outcome: columns.outcome,
  actor: columns.actor,
  actorEmail: "Actor’s e-mail",
  reason: "Reason",
  actorId: "Actor’s id",
  resource: columns.resource,
  resourceId: "Resource’s id",
  organization: "Organization",
  address: columns.address,
  request: "Request",
  details: "Details",
  /** What the button beside an id copies. */
  copied: { actor: "the actor’s id", resource: "the resource’s id", organization: "the organization’s id", request: "the request id" },
};
