/** What the pages of the audit log say, in English. */

export const auditLog = {
  title: "Audit log",
  label: "Audit events",
  noun: { one: "event", other: "events" },
  facts: "Every security and business action. Nobody can change or delete an entry.",
  searched: "Actor, action code or ID",
  area: "Area",
  date: "Date",
  empty: { title: "No entries yet", hint: "The first sign-in will be the first entry." },
};

export const columns = { action: "Action", actor: "Actor", organization: "Organization", address: "IP address", time: "Time", outcome: "Outcome" };

export const organization = {
  label: "Organization",
  placeholder: "Find an organization",
  /** Stands for the chosen one while its name is being loaded. */
  unnamed: "one organization",
};

/** Renewals of sessions, which happen by themselves. */
export const renewals = { label: "Session renewals", shown: "Shown", hidden: "Hidden" };

export const outcomes = { SUCCESS: "Success", FAILURE: "Failure", DENIED: "Denied" };

/** Whom a person acts for; who is none of these is named without a word beside it. */
export const sides: Partial<Record<string, string>> = { OPERATOR: "Staff", USER: "Member", APP: "App" };

/** Actors that have no name of their own. */
export const nameless = { SYSTEM: "CapeControl", ANONYMOUS: "Not signed in" };

/** Services that tell the installation what happened, by the name that is recorded. */
export const services: Partial<Record<string, string>> = { n8n: "n8n", stripe: "Stripe" };

export const entry = {
  outcome: columns.outcome,
  actor: columns.actor,
  actorEmail: "E-mail",
  reason: "Reason",
  actorId: "Actor ID",
  action: "Action code",
  resource: "Resource",
  resourceId: "Resource ID",
  organization: columns.organization,
  organizationId: "Organization ID",
  address: columns.address,
  request: "Request ID",
  event: "Event ID",
  details: "Details",
  codes: "IDs and codes",
  /** What the button beside an id copies. */
  copied: { actor: "the actor ID", resource: "the resource ID", organization: "the organization ID", request: "the request ID", event: "the event ID" },
};

/** Names of what an event was recorded with, where the words of its own name would not do. */
export const members: Partial<Record<string, string>> = {
  org_id: "Organization ID",
  owner_org_id: "Owner’s organization ID",
  sha256: "SHA-256",
  url: "URL",
  base_url: "Address",
  all_devices: "All devices",
  engine_execution_id: "n8n run",
  api_key: "API key",
  external_id: "ID at the provider",
};

/** What a step from one state to another is called. */
export const statusChange = "Status";

/** Why a request was refused. */
export const reasons: Partial<Record<string, string>> = {
  "auth/forbidden": "Their role doesn’t allow it",
  "other-organization": "It belongs to another organization",
  refused: "Their role doesn’t allow it",
};

/** Leads to what an entry is about. */
export const record = { term: "Record", project: "Open project", proposal: "Open proposal", invoice: "Open invoice" };

/** What a yes and a no are called. */
export const answers = {
  yes: "Yes",
  no: "No",
  none: "nothing",
  /** Of a long text, which is not recorded itself; the mark tells two of one length apart. */
  characters: (count: number, mark: string) => `${String(count)} characters (${mark})`,
};
