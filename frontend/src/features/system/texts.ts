import { plural } from "@/ui/patterns/plural";

/** What the system page says, in English. */

const NONE = "—";
const RETRY = "Try again";
const shares = (used: number, total: number) => `${used} of ${total}`;

export const page = {
  title: "System",
  release: (version: string, commit: string) => `CapeControl ${version} (${commit})`,
  schema: (revision: string) => `Schema ${revision}`,
  unknownSchema: "Schema unknown",
  well: { title: "All is well", hint: "Every process is running, nothing waits longer than it should, and every message was delivered." },
  troubles: (count: number) => plural(count, { one: "1 thing needs you", other: "# things need you" }),
  stale: (when: string) => `Last updated ${when}`,
  retry: RETRY,
  redisAway: { title: "Redis isn’t responding", hint: "Processes and queues can’t be shown until it is back. Messages are still delivered, a little more slowly." },
};

/** A length of time in a sentence: "12 min". */
export const troubles = {
  redis: "Redis isn’t responding",
  undelivered: (count: number) => plural(count, { one: "# message couldn’t be delivered", other: "# messages couldn’t be delivered" }),
  silent: (duration: string) => `Not responding for ${duration}`,
  clockFast: (duration: string) => `Clock ${duration} fast`,
  clockSlow: (duration: string) => `Clock ${duration} slow`,
  late: (duration: string) => `Late by ${duration}`,
  failing: (count: number) => plural(count, { other: "# being retried" }),
  because: (trouble: string, reason: string) => `${trouble}: ${reason}`,
  lateJobs: (jobs: string) => `Late jobs: ${jobs}`,
  process: (kind: string, host: string) => `${kind} on ${host}`,
  about: (what: string, trouble: string) => `${what} · ${trouble}`,
};

export const retried = {
  title: "Being retried",
  reason: "Last error",
  since: "Since",
  next: "Next try",
  verb: "Try now",
  verbOf: (message: string) => `Try now: ${message}`,
  done: "The message will be tried now",
  tooLate: { title: "Not waiting any more", detail: "This message is being tried now, or was delivered or given up." },
  oldest: (shown: number, total: number) => `The ${shown} oldest of ${total}`,
};

const messages = (count: number) => plural(count, { zero: "No messages", one: "# message", other: "# messages" });

export const undelivered = {
  title: "Undelivered messages",
  noun: { one: "message", other: "messages" },
  message: "Message",
  reason: "Reason",
  organization: "Organization",
  attempts: "Attempts",
  died: "Last attempt",
  action: "Action",
  none: NONE,
  empty: { title: "Every message was delivered", retryingTitle: "No message was given up", hint: "A message that fails 23 times over about four days, or that can’t succeed at all, appears here with the reason." },
  of: (message: string, organization: string) => `${message} for ${organization}`,
  open: (message: string) => `Open “${message}”`,
};

export const revival = {
  verb: RETRY,
  verbOf: (message: string) => `Try again: ${message}`,
  count: messages,
  question: (what: string) => `Try ${what} again?`,
  hint: "Each message gets its full number of attempts again.",
  tooLate: { title: "Already tried again", detail: "Someone else has already tried this message again." },
  done: "The message will be tried again",
};

export const letter = {
  organization: undelivered.organization,
  consumer: "In the log",
  event: "Event",
  lane: "Queue",
  attempts: undelivered.attempts,
  created: "Created",
  died: undelivered.died,
  request: "Request",
  message: "Message",
  none: NONE,
  /** What the button beside an id copies. */
  copied: { request: "the request ID", message: "the message ID" },
};

export const processes = {
  title: "Processes",
  kind: "Process",
  host: "Host",
  pid: "Process ID",
  version: "Version",
  started: "Started",
  busy: "In progress",
  pool: "Connections",
  lag: "Event-loop delay",
  state: "Status",
  none: NONE,
  build: (version: string, commit: string) => `${version} (${commit})`,
  shares,
  milliseconds: (count: number) => `${count} ms`,
  running: "Running",
};

export const kinds = { api: "API", worker: "Worker", scheduler: "Scheduler" };

export const deliveries = {
  title: "Deliveries",
  lane: "Queue",
  due: "Due now",
  /** Behind the number where it has no head. */
  dueOf: "due now",
  later: "Retrying later",
  failing: "Failing",
  queued: "Waiting for a worker",
  places: "Being delivered",
  shares,
  state: "Status",
  none: NONE,
  noneFailing: "None",
  failingOf: (count: number, duration: string) => plural(count, { one: `# for ${duration}`, other: `#, the oldest for ${duration}` }),
  empty: "Nothing waiting",
  noneDue: "Nothing due",
  underWay: "Being delivered",
  dueFor: (duration: string) => `Due for ${duration}`,
};

/** What the jobs of the schedule do. */
export const jobs = {
  "activity.carry_over": "Import activity from earlier releases",
  "audit.make_partitions": "Prepare the audit log for the next months",
  "billing.forget_stripe_payloads": "Delete old webhook contents of earlier releases",
  "billing.reconcile_checkouts": "Check unfinished payments",
  "bulk_operations.forget_old_operations": "Delete old bulk changes",
  "bulk_operations.stop_orphans": "Stop abandoned bulk changes",
  "core.forget_changes": "Delete old live updates",
  "core.forget_dead_letters": "Delete old undelivered messages",
  "core.forget_done_messages": "Delete delivered messages",
  "core.forget_idempotency_keys": "Delete expired idempotency keys",
  "core.forget_inbound_payloads": "Delete old webhook contents",
  "core.forget_old_slots": "Delete old entries of the schedule",
  "core.seal_inbound_payloads": "Encrypt webhook contents",
  "core.sweep_uploads": "Delete unused files",
  "identity.forget_login_attempts": "Delete old sign-in attempts",
  "identity.forget_mail_allowances": "Delete old counts of e-mails",
  "identity.forget_one_time_tokens": "Delete expired e-mail links",
  "identity.forget_sessions": "Delete old sessions",
  "proposals.expire": "Expire proposals that are past their date",
  "workflows.forget_executions": "Delete old runs",
  "workflows.watch_executions": "Check running workflows",
};

/** What a message does, by its consumer. */
export const consumers = {
  "billing.apply_stripe_event": "Apply a payment notice from Stripe",
  "billing.apply_stripe_webhook": "Apply a payment notice from Stripe",
  "billing.check_checkout": "Check a payment with the payment provider",
  "billing.tell_payment_failed": "Tell the client about a failed payment",
  "billing.withdraw_checkout": "Close a payment page",
  "billing.withdraw_of_archived": "Close the payment pages of an archived project",
  "billing.write_invoice": "Create the PDF of an invoice",
  "bulk_operations.do_part": "Continue a bulk change",
  "identity.mail_verification": "Ask for the confirmation of an e-mail address",
  "identity.tell_of_bank_details": "Tell operators about changed bank details",
  "identity.tell_of_contact": "Tell operators about changed contact details",
  "identity.tell_of_known_address": "Tell someone that they already have an account",
  "notifications.deliver_mail": "Deliver an e-mail",
  "proposals.mail": "Prepare the e-mail of a proposal",
  "proposals.mail_again": "Prepare the e-mail of a proposal again",
  "proposals.note_mail": "Note that a proposal was delivered",
  "proposals.note_not_mailed": "Note that a proposal wasn’t delivered",
  "proposals.withhold_mails": "Hold back e-mails about an archived project",
  "proposals.tell_client_of_expiry": "Tell the client about an expired proposal",
  "proposals.tell_of_approval": "Tell the sender about an approval",
  "proposals.tell_of_changes": "Tell the sender about requested changes",
  "proposals.tell_of_decline": "Tell the sender about a declined proposal",
  "proposals.tell_of_expiry": "Tell the sender about an expired proposal",
  "workflows.deploy": "Deploy a workflow to n8n",
  "workflows.dispatch": "Start a run in n8n",
  "workflows.note_left": "Note that a workflow wasn’t removed from n8n",
  "workflows.remove": "Remove a workflow from n8n",
};

/** Where an installation runs. */
export const environments = { local: "Local", test: "Test", staging: "Staging", production: "Production" };

/** What travels in a lane of the outbox. */
export const lanes = {
  money: "Payments and invoices",
  mail: "E-mail",
  engine: "Workflows",
  jobs: "Scheduled jobs",
  bulk: "Bulk changes",
  default: "Everything else",
};

export const schedule = {
  title: "Schedule",
  job: "Job",
  every: "Runs",
  success: "Last success",
  never: "Never",
  next: "Next run",
  waiting: "Waiting",
  state: "Status",
  late: "Late",
  onTime: "On time",
  punctual: (count: number) => plural(count, { one: "# job is on time", other: "# jobs are on time" }),
  show: "Show all jobs",
  hide: "Hide jobs on time",
  everyMinute: "Every minute",
  everyHour: "Every hour",
  everyDay: "Every day",
  everySo: (duration: string) => `Every ${duration}`,
};

export const keys = {
  title: "Keys",
  ring: "Used for",
  key: "Key",
  since: "In use since",
  next: "Replaced",
  fromSettings: "From the settings, not replaced yet",
  none: NONE,
};

export const rings = {
  tokens: "Sign-in tokens",
  csrf: "Form protection",
  pepper: "Passwords",
  sealing: "Encrypted data",
};

/** What a kind of error means to whoever must mend it. */
export const reasons = {
  Abandoned: "Every worker that tried it stopped",
  ConsumerUnknown: "This release can’t process it",
  DatabaseAway: "The database didn’t respond",
  EngineAddressRefused: "The address of the n8n server isn’t allowed",
  EngineObjectMissing: "n8n doesn’t have this workflow",
  EngineRejected: "n8n refused the request",
  EngineUnauthorized: "n8n refused the API key",
  EngineUnreachable: "n8n didn’t respond",
  GatewayRefused: "The payment provider refused the request",
  GatewayUnknown: "The payment provider doesn’t know this payment page",
  GatewayUnavailable: "The payment provider didn’t respond",
  KeyNotReadable: "This worker hasn’t loaded the key yet",
  MailRefused: "The mail server refused it",
  MailUnavailable: "The mail server didn’t respond",
  ObjectMissing: "A file that this message needs is missing",
  PoolExhausted: "No database connection was free",
  RenderFailed: "The PDF couldn’t be created",
  SealBroken: "It can’t be decrypted with the current keys",
  StorageError: "The file storage didn’t respond or refused the request",
  TemplateUnknown: "This release doesn’t have the template for this e-mail",
  TimeoutError: "It took too long",
  UnknownVersion: "It needs data that a later release wrote",
};

/** What a consumer says when it gives a message up, by what it says in the log. */
export const givenUp = {
  "a payment page of ours without its intent": "The payment has no matching record",
  "the carrier refuses this mail": "The mail server refused this message",
  "the invoice is gone": "The invoice no longer exists",
  "the organization has no owner who can be written to": "The organization has no owner who can get e-mail",
  "the payment is gone": "The payment no longer exists",
  "the proposal, its project or its organization is gone": "The proposal, its project or its organization no longer exists",
  "the stored webhook is gone": "The stored webhook no longer exists",
};

export const otherReasons = { unknown: "Unknown", internal: (error: string) => `Internal error (${error})` };
