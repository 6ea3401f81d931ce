import { formatDay } from "@/ui/patterns/day-format";
import { formatRate } from "@/ui/patterns/formats";
import { formatDate, formatExact } from "@/ui/patterns/relative-time-format";
import { dateFormats, numberFormats } from "@/ui/patterns/texts/formats";
import { RENEWAL } from "./list";
import { answers, members, orders, reasons, renewals } from "./texts";

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const DECIMAL = /^\d+(\.\d+)?$/;

/** What holds a name of the API's, and how a reader says it. All other texts were typed by somebody, and are told as they were. */
const WORDED: Partial<Record<string, (value: string) => string>> = {
  status: wordOf,
  role: wordOf,
  outcome: wordOf,
  exclude_action: (value) => (value === RENEWAL ? renewals.label : value),
  date_format: (value) => (dateFormats as Partial<Record<string, string>>)[value] ?? value,
  number_format: (value) => (numberFormats as Partial<Record<string, string>>)[value] ?? value,
  country: (value) => new Intl.DisplayNames("en", { type: "region", fallback: "code" }).of(value) ?? value,
  rate: (value) => (DECIMAL.test(value) ? formatRate(value) : value),
  sort: orderOf,
  valid_until: (value) => (MOMENT.test(value) ? formatDate(new Date(value), { isFull: true }) : timeOf(value)),
};

/** Writes one value as a reader would: days and moments as everywhere, names of the API as words. */
export function textOf(name: string, value: unknown): string {
  if (typeof value === "boolean") return value ? answers.yes : answers.no;
  if (typeof value === "number") return name === "bytes" ? sizeOf(value) : String(value);
  // What was changed is named as it is where its value is told.
  if (Array.isArray(value)) return value.map((one) => (name === "changed" ? nameOf(String(one)) : textOf(name, one))).join(", ");
  const text = String(value);
  return (WORDED[name] ?? timeOf)(text);
}

/** Says why something was refused, or why the product acted, which the product itself wrote. */
export function reasonOf(reason: string): string {
  return reasons[reason] ?? reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** Names a member, and one that lies within another: "valid_until" is "Valid until". */
export function nameOf(name: string, within = ""): string {
  const words = name.replaceAll("_", " ").replace(/\bid\b/, "ID");
  return members[`${within}.${name}`] ?? members[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** Writes a state as a reader would: "IN_PROGRESS" is "In progress". */
export function wordOf(state: string): string {
  return state.charAt(0) + state.slice(1).replaceAll("_", " ").toLowerCase();
}

function timeOf(text: string): string {
  if (MOMENT.test(text)) return formatExact(new Date(text));
  return DAY.test(text) ? formatDay(text) : text;
}

function orderOf(sort: string): string {
  const isDescending = sort.startsWith("-");
  const column = isDescending ? sort.slice(1) : sort;
  if (column.endsWith("_at")) return isDescending ? orders.newest : orders.oldest;
  return orders[isDescending ? "down" : "up"](nameOf(column));
}

function sizeOf(bytes: number): string {
  return bytes < 1000 ? answers.bytes(bytes) : answers.kilobytes(Math.round(bytes / 1000));
}
