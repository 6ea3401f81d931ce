import type { AuditEventOut } from "@/api/generated";
import { formatMoney } from "@/ui/patterns/money-format";
import { nameOf, reasonOf, textOf, wordOf } from "./recorded-text";
import { answers, statusChange } from "./texts";

/** One thing that an event was recorded with. */
export interface EventDetail {
  name: string;
  text: string;
  /** What it was before, where it was changed. */
  was?: string;
}

/** What an event was recorded with, in words; and what finds it elsewhere. */
export interface EventDetails {
  words: EventDetail[];
  codes: EventDetail[];
}

type Told = Pick<AuditEventOut, "action" | "title" | "metadata">;

/** The amounts that events keep in minor units, beside their currency. */
const AMOUNTS = new Set(["amount", "total"]);
/** What programs call things: not what a reader looks for first. */
const CODES = new Set(["operation", "permission", "content_hash", "external_id", "engine_execution_id", "engine_workflow_id", "event_type"]);
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DIGEST = /^[0-9a-f]{64}$/i;
/** Of a file, what tells a reader nothing. */
const OF_A_FILE = new Set(["sha256", "size", "width", "height", "media_type", "key"]);
/** States that the outcome has told. */
const OUTCOMES = new Set(["ERROR", "FAILED", "SUCCESS"]);
/** Beside these the actor's name is told (`actorText`). */
const TOLD_ELSEWHERE = new Set(["by"]);

/** Gives what an event was recorded with, without what is empty and what its title says, money as money. */
export function eventDetails({ action, title, metadata }: Told): EventDetails {
  const { currency, from, to, before, after, filter, ...rest } = metadata;
  const money = typeof currency === "string" ? currency : null;
  const isStep = typeof from === "string" && typeof to === "string";
  const hasMoney = money !== null && [rest, before, after].some(holdsAmount);
  // What a file's list was narrowed by stands beside the rest.
  const others = Object.entries({ ...rest, ...(!hasMoney && { currency }), ...(!isStep && { from, to }), ...(isRecord(filter) ? filter : { filter }) }).filter(([name, value]) => !isEmpty(value) && !TOLD_ELSEWHERE.has(name));
  const told = others.filter((one) => !isCode(one) && !isInTitle(title, one) && !(one[0] === "status" && OUTCOMES.has(String(one[1]))));
  const isOwnReason = action.startsWith("access.") || action === "session.refused" || metadata.automatic === true;
  return {
    words: [
      ...changesOf(before, after, money),
      ...(isStep ? [{ name: statusChange, was: wordOf(from), text: wordOf(to) }] : []),
      ...told.flatMap(([name, value]) => (isOwnReason && name === "reason" ? [{ name: nameOf(name), text: reasonOf(String(value)) }] : rowsOf(name, value, money))),
    ],
    codes: others.filter(isCode).map(([name, value]) => ({ name: nameOf(name), text: String(value) })),
  };
}

/** Tells what was edited, member by member. */
function changesOf(before: unknown, after: unknown, currency: string | null): EventDetail[] {
  // A draft may have been in another currency.
  const currencyOf = (record: unknown) => (isRecord(record) && typeof record.currency === "string" ? record.currency : currency);
  const [old, now] = [leavesOf(before, currencyOf(before)), leavesOf(after, currencyOf(after))];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((name) => old.get(name) !== now.get(name))
    .map((name) => {
      const was = old.get(name);
      return { name, text: now.get(name) ?? answers.none, ...(was !== undefined && { was }) };
    });
}

function rowsOf(name: string, value: unknown, currency: string | null): EventDetail[] {
  if (isChange(value)) return [{ name: nameOf(name), was: textOf(name, value.from), text: textOf(name, value.to) }];
  return [...leavesOf({ [name]: value }, currency)].map(([path, text]) => ({ name: path, text }));
}

/** Names what lies within a record, however deep, in words; what is empty is left out. */
function leavesOf(value: unknown, currency: string | null, path: readonly string[] = []): Map<string, string> {
  if (isEmpty(value)) return new Map();
  const name = path.map((member, depth) => nameOf(member, path[depth - 1])).join(" · ");
  const last = path.at(-1) ?? "";
  if (typeof value !== "object" || value === null || isTexts(value)) return new Map([[name, currency !== null && isAmount(last, value) ? formatMoney({ amount: value, currency }) : textOf(last, value)]]);
  // A long text is recorded by its length and a digest.
  if ("length" in value && "sha256" in value) return new Map([[name, answers.characters(Number(value.length), String(value.sha256).slice(0, 8))]]);
  const inside = Object.entries(value).filter(([member]) => !OF_A_FILE.has(member));
  return new Map(inside.flatMap(([member, one]) => [...leavesOf(one, currency, [...path, Array.isArray(value) ? String(Number(member) + 1) : member])]));
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
