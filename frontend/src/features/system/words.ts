/** What travels in a lane of the outbox, in words; a lane of a later release keeps its name. */
const LANES: Readonly<Record<string, string>> = {
  money: "Payments and invoices",
  mail: "E-mail",
  engine: "Workflows",
  jobs: "Scheduled jobs",
  default: "Everything else",
};

const KINDS: Readonly<Record<string, string>> = { api: "API", worker: "Worker", scheduler: "Scheduler" };

/** What an error of this kind means to whoever must mend it. */
const REASONS: Readonly<Record<string, string>> = {
  Abandoned: "It stopped every worker that tried it",
  ConsumerUnknown: "This release cannot process it",
  DatabaseAway: "The database did not answer",
  EngineAddressRefused: "The address of the n8n server is not allowed",
  EngineObjectMissing: "n8n does not have this workflow",
  EngineRejected: "n8n refused the request",
  EngineUnauthorized: "n8n refused the API key",
  EngineUnreachable: "n8n did not answer",
  GatewayRefused: "The payment provider refused it",
  GatewayUnavailable: "The payment provider didn't respond",
  KeyNotReadable: "This worker has not read the key yet",
  MailRefused: "The mail server refused it",
  MailUnavailable: "The mail server did not answer",
  ObjectMissing: "A file that this message needs is missing",
  PoolExhausted: "No database connection was free",
  RenderFailed: "The PDF could not be created",
  SealBroken: "It cannot be decrypted with the current keys",
  StorageError: "The file storage did not answer or refused the request",
  TemplateUnknown: "This release does not have the template of this e-mail",
  TimeoutError: "It took longer than allowed",
  UnknownVersion: "It needs data that a later release wrote",
};

/** What a consumer says when it gives a message up, in words for whoever must mend it. */
const GIVEN_UP: Readonly<Record<string, string>> = {
  "a payment page of ours without its intent": "The payment has no matching record",
  "the carrier refuses this mail": "The mail server refused this message",
  "the invoice is gone": "The invoice no longer exists",
  "the proposal, its project or its organization is gone": "The proposal, its project or its organization no longer exists",
  "the stored webhook is gone": "The stored webhook no longer exists",
};

const RINGS: Readonly<Record<string, string>> = {
  tokens: "Sign-in tokens",
  csrf: "Form protection",
  pepper: "Passwords",
  sealing: "Encrypted data",
};

/** Names what a ring of keys is used for. */
export function ringWord(ring: string): string {
  return wordIn(RINGS, ring);
}

/** Names a lane. */
export function laneWord(lane: string): string {
  return wordIn(LANES, lane);
}

/** Names a kind of process. */
export function kindWord(kind: string): string {
  return wordIn(KINDS, kind);
}

/** A name of the code: what nobody foresaw is told as that, so that it can be looked for in the log. */
const CODE_NAME = /^[A-Z]\w*$/;

/** Says why a message was given up. */
export function reasonText(reason: string | null): string {
  if (!reason) return "Unknown";
  const told = wordIn(REASONS, wordIn(GIVEN_UP, reason));
  return CODE_NAME.test(told) ? `Internal error (${told})` : told;
}

/** Writes a length of time: "0.4 s", "45 s", "12 min", "3 h", "2 days". */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** Writes how often something comes: "every minute", "every 5 min", "every hour", "every day". */
export function formatPeriod(seconds: number): string {
  const single = new Map([[60, "minute"], [3600, "hour"], [86_400, "day"]]).get(seconds);
  if (single) return `Every ${single}`;
  return `Every ${formatSeconds(seconds)}`;
}

function wordIn(words: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(words, key) ? (words[key] ?? key) : key;
}
