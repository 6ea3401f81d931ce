import { consumers, environments, givenUp, jobs, kinds, lanes, otherReasons, reasons, rings } from "./texts";

/** Names what a ring of keys is used for. */
export function ringName(ring: string): string {
  return nameIn(rings, ring);
}

/** Names a lane of the outbox by what travels in it. */
export function laneName(lane: string): string {
  return nameIn(lanes, lane);
}

/** Names a kind of process. */
export function kindName(kind: string): string {
  return nameIn(kinds, kind);
}

/** Names what a job of the schedule does. */
export function jobName(job: string): string {
  return nameIn(jobs, job);
}

/** Names what a message does; the runs of the schedule's jobs are messages, too. */
export function consumerName(consumer: string): string {
  return nameIn(consumers, jobName(consumer));
}

/** Names where an installation runs. */
export function environmentName(environment: string): string {
  return nameIn(environments, environment);
}

/** A name of the code: what nobody foresaw is told as that, so that it can be looked for in the log. */
const CODE_NAME = /^[A-Z]\w*$/;

/** Says why a message was given up. */
export function reasonText(reason: string | null): string {
  if (!reason) return otherReasons.unknown;
  const told = nameIn(reasons, nameIn(givenUp, reason));
  return CODE_NAME.test(told) ? otherReasons.internal(told) : told;
}

/** Finds a name; what only a later release knows keeps its own. */
function nameIn(names: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(names, key) ? (names[key] ?? key) : key;
}
