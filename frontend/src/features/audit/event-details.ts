import type { AuditEventOut } from "@/api/generated";
import { formatMoney } from "@/ui/patterns/money-format";
import { inOrder } from "./member-order";
import { nameOf, reasonOf, textOf, wordOf } from "./recorded-text";
import { answers, entry, statusChange } from "./texts";

/** One thing that an event was recorded with. */
export interface EventDetail {
  name: string;
  text: string;
  /** What it was before, where it was changed. */
  was?: string;
  /** What it is a part of, where several parts are told: "Bank details". */
  group?: string;
}

/** What an event was recorded with: what it changed, what else there is to say, and what finds it elsewhere. */
export interface EventDetails {
  changes: EventDetail[];
  words: EventDetail[];
  codes: EventDetail[];
}

type Told = Pick<AuditEventOut, "action" | "title" | "metadata">;

/** The amounts that events keep in minor units, beside their currency. */
const AMOUNTS = new Set(["amount", "total"]);
/** What programs call things: not what a reader looks for first. */
const CODES = new Set(["operation", "permission", "content_hash", "external_id", "engine_execution_id", "engine_workflow_id"]);
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DIGEST = /^[0-9a-f]{64}$/i;
/** Of a file, what tells a reader nothing. */
const OF_A_FILE = new Set(["sha256", "size", "width", "height", "media_type", "key"]);
/** States that the outcome has told. */
const OUTCOMES = new Set(["ERROR", "FAILED", "SUCCESS"]);
/** What the actor's name and the title tell. */
const TOLD_ELSEWHERE = new Set(["by", "confirming"]);
/** Between the names of a record and of its members. */
const WITHIN = " · ";

/** How the members of an event are told. */
interface Telling {
  /** What its members lie within. */
  action: string;
  /** Of its amounts. */
  currency: string | null;
}

/** Gives what an event was recorded with, without what is empty and what its title says, money as money. */
export function eventDetails({ action, title, metadata }: Told): EventDetails {
  const { currency, from, to, before, after, filter, changed_lines: editedLines, ...rest } = metadata;
  const telling: Telling = { action, currency: typeof currency === "string" ? currency : null };
  const isStep = typeof from === "string" && typeof to === "string";
  const hasMoney = telling.currency !== null && [rest, before, after].some(holdsAmount);
  const edited = isRecord(after) ? after : {};
  const all = { ...rest, ...(!hasMoney && { currency }), ...(!isStep && { from, to }) };
  const others = Object.entries(all).filter(([name, value]) => !isEmpty(value) && !(name in edited) && !TOLD_ELSEWHERE.has(name));
  const isAutomatic = metadata.automatic === true;
  const isOwnReason = action.startsWith("access.") || action === "session.refused" || isAutomatic;
  const rows = others
    // The reason says it, where there is one.
    .filter(([name]) => name !== "automatic" || !metadata.reason)
    .filter((one) => !isCode(one) && !isInTitle(title, one) && !(one[0] === "status" && OUTCOMES.has(String(one[1]))))
    .flatMap(([name, value]) => (isOwnReason && name === "reason" ? [{ name: nameOf(name), text: isAutomatic ? answers.automatic(reasonOf(String(value))) : reasonOf(String(value)) }] : rowsOf(name, value, telling)));
  const edits = changesOf(before, after, telling);
  // What was made new has been nothing else before.
  const made = before === undefined ? edits : [];
  return {
    changes: [
      ...withEdited(before === undefined ? [] : edits, editedLines),
      ...(isStep ? [{ name: statusChange, was: wordOf(from), text: wordOf(to) }] : []),
      ...rows.filter(({ was }) => was !== undefined),
    ],
    words: grouped([...made, ...rows.filter(({ was }) => was === undefined), ...filtersOf(metadata, filter)]),
    codes: others.filter((one) => isCode(one)).map(([name, value]) => ({ name: nameOf(name, action), text: String(value) })),
  };
}

/** Tells what was edited, member by member; of one record's members the record needs no name. */
function changesOf(before: unknown, after: unknown, telling: Telling): EventDetail[] {
  // A draft may have been in another currency.
  const leaves = (record: unknown) => leavesOf(record, isRecord(record) && typeof record.currency === "string" ? { ...telling, currency: record.currency } : telling);
  const [old, now] = [leaves(before), leaves(after)];
  const [only, another] = isRecord(after) ? Object.keys(after) : [];
  const record = only !== undefined && another === undefined ? `${nameOf(only, telling.action)}${WITHIN}` : "";
  const isNew = before === undefined;
  return grouped(
    [...new Set([...now.keys(), ...old.keys()])]
      .filter((name) => old.get(name) !== now.get(name))
      .map((name) => ({ name: name.startsWith(record) ? name.slice(record.length) : name, text: now.get(name) ?? answers.none, ...(!isNew && { was: old.get(name) ?? answers.none }) })),
  );
}

/** Says of the lines of a proposal how many were edited, beside how many there are. */
function withEdited(changes: EventDetail[], edited: unknown): EventDetail[] {
  if (typeof edited !== "number") return changes;
  const name = nameOf("lines");
  const more = answers.edited(edited);
  const hasLines = changes.some((change) => change.name === name);
  return hasLines ? changes.map((change) => (change.name === name ? { ...change, text: answers.beside(change.text, more) } : change)) : [...changes, { name, text: more }];
}

/** Tells what a file's list was narrowed by. */
function filtersOf(metadata: object, filter: unknown): EventDetail[] {
  if (!("filter" in metadata)) return [];
  if (!isRecord(filter) || isEmpty(filter)) return [{ name: entry.filters, text: entry.noFilters }];
  return Object.entries(filter)
    .filter(([, value]) => !isEmpty(value))
    .map(([name, value]) => ({ name: nameOf(name), text: textOf(name, value), group: entry.filters }));
}

/** Puts the parts of one thing below its name, where there are several; a single one is named by both. */
function grouped(details: readonly EventDetail[]): EventDetail[] {
  const groupOf = ({ name }: EventDetail) => (name.includes(WITHIN) ? name.slice(0, name.indexOf(WITHIN)) : undefined);
  return details.map((detail) => {
    const group = groupOf(detail);
    const hasOthers = group !== undefined && details.filter((other) => groupOf(other) === group).length > 1;
    return hasOthers ? { ...detail, group, name: detail.name.slice(group.length + WITHIN.length) } : detail;
  });
}

function rowsOf(name: string, value: unknown, telling: Telling): EventDetail[] {
  if (isChange(value)) return [{ name: nameOf(name, telling.action), was: textOf(name, value.from), text: textOf(name, value.to) }];
  return [...leavesOf({ [name]: value }, telling)].map(([path, text]) => ({ name: path, text }));
}

/** Names what lies within a record, however deep, in words; what is empty is left out. */
function leavesOf(value: unknown, telling: Telling, path: readonly string[] = []): Map<string, string> {
  if (isEmpty(value)) return new Map();
  const { action, currency } = telling;
  const name = path.map((member, depth) => nameOf(member, path[depth - 1] ?? action)).join(WITHIN);
  const last = path.at(-1) ?? "";
  if (typeof value !== "object" || value === null || isTexts(value)) return new Map([[name, currency !== null && isAmount(last, value) ? formatMoney({ amount: value, currency }) : textOf(last, value)]]);
  // A long text is recorded by its length and a digest.
  if ("length" in value && "sha256" in value) return new Map([[name, answers.characters(Number(value.length), String(value.sha256).slice(0, 8))]]);
  const inside = inOrder(Object.entries(value)).filter(([member]) => !OF_A_FILE.has(member));
  return new Map(inside.flatMap(([member, one]) => [...leavesOf(one, telling, [...path, Array.isArray(value) ? String(Number(member) + 1) : member])]));
}

function isCode([name, value]: [string, unknown]): boolean {
  return CODES.has(name) || (typeof value === "string" && (ID.test(value) || DIGEST.test(value)));
}

function isInTitle(title: string, [name, value]: [string, unknown]): boolean {
  if (name === "version") return title.includes(`v${String(value)}`);
  return typeof value === "string" && value.length > 2 && title.includes(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function holdsAmount(value: unknown): boolean {
  return isRecord(value) && Object.entries(value).some(([name, member]) => isAmount(name, member));
}

function isAmount(name: string, value: unknown): value is number {
  return AMOUNTS.has(name) && typeof value === "number";
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

function isChange(value: unknown): value is { from: string; to: string } {
  return typeof value === "object" && value !== null && Object.keys(value).sort().join() === "from,to" && Object.values(value).every((one) => typeof one === "string");
}
