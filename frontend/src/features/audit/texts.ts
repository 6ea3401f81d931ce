/** What the pages of the audit log say, in English. */

export const auditLog = {
  title: "Audit log",
  label: "Audit log entries",
  noun: { one: "entry", other: "entries" },
  facts: "Who did what, and when. Nobody can change or delete an entry.",
  searched: "Person, action code, ID or IP",
  area: "Area",
  date: "Date",
  empty: { title: "No entries yet", hint: "The first sign-in will be the first entry." },
};

export const columns = { action: "Action", actor: "Actor", organization: "Organization", address: "IP address", time: "Time", outcome: "Outcome" };

/** Heads the column of times that are all told in one zone. */
export const timeIn = (zone: string) => `${columns.time} (${zone})`;

export const organization = {
  label: "Organization",
  placeholder: "Find an organization",
  /** Stands for the chosen one while its name is being loaded. */
  unnamed: "one organization",
};

/** Renewals of sessions, which happen by themselves. */
export const renewals = { label: "Session renewals", shown: "Session renewals are shown.", hidden: "Session renewals are hidden.", show: "Show them", hide: "Hide them" };

export const outcomes = { SUCCESS: "Success", FAILURE: "Failure", DENIED: "Denied" };

/** Whom a person acts for; who is none of these is named without a word beside it. */
export const sides: Partial<Record<string, string>> = { OPERATOR: "Staff", USER: "Client", APP: "App" };

/** Actors that have no name of their own. */
export const nameless = { SYSTEM: "CapeControl", ANONYMOUS: "Not signed in" };

/** Services that tell the installation what happened, by the name that is recorded. */
export const services: Partial<Record<string, string>> = { n8n: "n8n", stripe: "Stripe" };

export const entry = {
  outcome: columns.outcome,
  actor: columns.actor,
  account: "Account",
  process: "Process",
  actorId: "Actor ID",
  action: "Action code",
  resource: "Resource",
  resourceId: "Resource ID",
  organization: columns.organization,
  organizationId: "Organization ID",
  address: columns.address,
  request: "Request ID",
  event: "Entry ID",
  changes: "Changes",
  details: "Details",
  filters: "Filters",
  noFilters: "None",
  time: columns.time,
  record: "Record",
  above: "Previous entry in the list",
  below: "Next entry in the list",
  codes: "IDs and codes",
  before: "Before",
  after: "After",
  added: "added",
  removed: "removed",
  more: "More entries",
  sameAccount: "About the same account",
  sameRecord: "About the same record",
  samePerson: "By or about the same person",
  one: "Audit log entry",
  missing: { title: "Entry not found", hint: "There is no entry at this address. Check that the link is complete.", back: "Back to the audit log" },
  copyLink: "Copy link",
  linkCopied: "Link copied",
  linkNotCopied: "Your browser doesn’t let this page copy links. Copy the address from the address bar.",
};

/** Names who acted and for whom. */
export const onBehalf = (actor: string, person: string) => `${actor}, for ${person}`;

/** Names of what an event was recorded with, where the words of its own name would not do. */
export const members: Partial<Record<string, string>> = {
  org_id: "Organization ID",
  owner_org_id: "Owner’s organization ID",
  sha256: "SHA-256",
  pdf_sha256: "PDF’s SHA-256",
  content_hash: "Content’s SHA-256",
  url: "URL",
  base_url: "Address",
  all_devices: "All devices",
  engine_execution_id: "n8n run ID",
  engine_workflow_id: "n8n workflow ID",
  api_key: "API key",
  external_id: "ID at the provider",
  "stripe_event.received.type": "Event type",
  summary: "Request",
  q: "Search",
  exclude_action: "Left out",
  from: "From",
  to: "To",
  sort: "Order",
  occurred_at: "Time",
  created_at: "Created",
  updated_at: "Updated",
  bytes: "File size",
  bank: "Bank details",
  "bank.bank_name": "Bank",
  "bank.number": "Account number",
  "bank.note": "Payment note",
  number: "Invoice",
  "proposal.approved.name": "Signed as",
  "business.updated.name": "Trading name",
  default_terms: "Standard terms",
  bic: "BIC",
  email: "E-mail",
  reply_to: "Reply address",
  front_door: "Home page",
  alt: "Text for people who can’t see it",
  accent: "Brand colour",
  accent_dark: "Brand colour on dark pages",
  timezone: "Time zone",
  number_format: "Number format",
  date_format: "Date format",
  override: "Outside the usual order",
  failure: "Connection check",
  connection_check: "Connection check",
};

/** What a step from one state to another is called. */
export const statusChange = "Status";

/** Why a request was refused. */
export const reasons: Partial<Record<string, string>> = {
  "auth/forbidden": "Their role doesn’t allow it",
  "other-organization": "It belongs to another organization",
  "auth/confirmation-required": "The password had not been entered lately",
  password: "Wrong password",
  "unknown-address": "No account has this address",
  refused: "Their role doesn’t allow it",
};

/** What an entry is about. */
export const records = { project: "Project", proposal: "Proposal", invoice: "Invoice" };

/** What is set up once for the installation, and has no number. */
export const settings = { stripeEvent: (id: string) => `Stripe event ${id}`, business: "Business settings", taxRates: "Tax rates", server: (name: string) => `n8n server ${name}`, servers: "n8n servers", template: (name: string) => `Workflow template ${name}`, templates: "Workflow templates" };

/** Explains what a title cannot. */
export const explanations: Partial<Record<string, string>> = {
  "stripe_event.received": "Stripe sent this event. Payments and invoices that followed have entries of their own.",
  "session.token_reused": "This session was renewed with a token that had already been used, so someone may have copied it. The session was ended, and the person must sign in again.",
};

/** What a yes and a no are called. */
export const answers = {
  yes: "Yes",
  no: "No",
  none: "None",
  /** Of what was already told as a number: how many of them were edited. */
  edited: (count: number) => `${String(count)} edited`,
  automatic: (reason: string) => `${reason} (automatic)`,
  beside: (text: string, more: string) => `${text} (${more})`,
  bytes: (count: number) => `${String(count)} bytes`,
  kilobytes: (count: number) => `${String(count)} kB`,
  /** Of a long text, which is not recorded itself; the mark tells two of one length apart. */
  characters: (count: number, mark: string) => `${String(count)} characters, checksum ${mark}…`,
};

/** How a list was ordered. */
export const orders = { up: (column: string) => `${column}, ascending`, down: (column: string) => `${column}, descending`, newest: "Newest first", oldest: "Oldest first" };
