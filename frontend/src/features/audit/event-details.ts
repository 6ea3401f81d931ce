import type { AuditEventOut } from "@/api/generated";
import { formatMoney } from "@/ui/patterns/money-format";
import { answers, members, reasons, statusChange } from "./texts";

/** One thing that an event was recorded with. */
export interface EventDetail {
  name: string;
  text: string;
  /** It is no words but an id, or data as it was recorded: set in the font of code. */
  isCode: boolean;
}

/** What an event was recorded with, in words; and what finds it elsewhere. */
export interface EventDetails {
  words: EventDetail[];
  codes: EventDetail[];
}

/** The amounts that events keep in minor units, beside their currency. */
const AMOUNTS = new Set(["amount", "total"]);
/** What programs call things: not what a reader looks for first. */
const CODES = new Set(["operation", "permission", "content_hash", "sha256", "engine_execution_id", "external_id"]);
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What holds a state or a role as the API writes it. All other words were typed by somebody, and are told as they were. */
const STATES = new Set(["status", "role"]);

/** Gives what an event was recorded with, without what is empty and what its title says, money as money. */
export function eventDetails({ action, metadata }: Pick<AuditEventOut, "action" | "metadata">): EventDetails {
  const isRefusal = action.startsWith("access.");
  const { currency, from, to, before, after, ...rest } = metadata;
  const hasMoney = typeof currency === "string" && Object.entries(rest).some(([name, value]) => isAmount(name, value));
  const isStep = typeof from === "string" && typeof to === "string";
  const others = Object.entries({ ...rest, ...(!hasMoney && { currency }), ...(!isStep && { from, to }) }).filter(([name, value]) => !(isRefusal && name === "summary") && !isEmpty(value));
  const isCodeOf = ([name, value]: [string, unknown]) => CODES.has(name) || (typeof value === "string" && ID.test(value));
  return {
    words: [
      ...changesOf(before, after),
      ...(isStep ? [{ name: statusChange, text: changeOf(wordOf(from), wordOf(to)), isCode: false }] : []),
      ...others
        .filter((one) => !isCodeOf(one))
        .map(([name, value]) => ({ name: nameOf(name), ...(hasMoney && isAmount(name, value) ? { text: formatMoney({ amount: value, currency }), isCode: false } : textOf(name, value, isRefusal)) })),
    ],
    codes: others.filter(isCodeOf).map(([name, value]) => ({ name: nameOf(name), text: String(value), isCode: true })),
  };
}

/** Tells what was edited, member by member: "Phone: 021 555 0100 → 021 555 0199". */
function changesOf(before: unknown, after: unknown): EventDetail[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((name) => old.get(name) !== now.get(name))
    .map((name) => ({ name, text: old.get(name) ? `${old.get(name) ?? ""} → ${now.get(name) ?? answers.none}` : (now.get(name) ?? ""), isCode: false }));
}

/** Names what lies within a record, however deep, in words; what is empty is left out. */
function leavesOf(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (isEmpty(value)) return new Map();
  if (typeof value !== "object" || value === null) return new Map([[path.map(nameOf).join(" · "), textOf("", value).text]]);
  // A long text is recorded by its length and a digest.
  if ("length" in value && "sha256" in value) return new Map([[path.map(nameOf).join(" · "), answers.characters(Number(value.length), String(value.sha256).slice(0, 8))]]);
  return new Map(Object.entries(value).flatMap(([name, member]) => [...leavesOf(member, Array.isArray(value) ? [...path, String(Number(name) + 1)] : [...path, name])]));
}

function isAmount(name: string, value: unknown): value is number {
  return AMOUNTS.has(name) && typeof value === "number";
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

function nameOf(name: string): string {
  const words = name.replaceAll("_", " ").replace(/\bid\b/, "ID");
  return members[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

function textOf(name: string, value: unknown, isRefusal = false): { text: string; isCode: boolean } {
  if (typeof value === "boolean") return { text: value ? answers.yes : answers.no, isCode: false };
  // What was changed is named as it is where its value is told.
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return { text: (name === "changed" ? value.map(nameOf) : value).join(", "), isCode: false };
  if (typeof value === "string") {
    const reason = isRefusal && name === "reason" ? reasons[value] : undefined;
    return { text: reason ?? (STATES.has(name) ? wordOf(value) : value), isCode: false };
  }
  if (isChange(value)) return { text: changeOf(value.from, value.to), isCode: false };
  return { text: typeof value === "number" ? String(value) : JSON.stringify(value, null, 2), isCode: typeof value === "object" };
}

function isChange(value: unknown): value is { from: string; to: string } {
  return typeof value === "object" && value !== null && Object.keys(value).sort().join() === "from,to" && Object.values(value).every((one) => typeof one === "string");
}

function changeOf(from: string, to: string): string {
  return `${from} → ${to}`;
}

/** Writes a state as a reader would: "IN_PROGRESS" is "In progress". */
function wordOf(state: string): string {
  return state.charAt(0) + state.slice(1).replaceAll("_", " ").toLowerCase();
}
