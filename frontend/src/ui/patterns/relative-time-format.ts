import { formatDay } from "./day-format";
import { formats } from "./formats";
import { times as texts } from "./texts/pages";

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;
/** From here on the minutes would round to an hour. */
const ALMOST_HOUR_SECONDS = 3570;
/** What is nearer than this is told in hours, also across midnight. */
const HALF_DAY_SECONDS = 43_200;
const DAY_SECONDS = 86_400;

/** Writes how long ago something was, shortly ("12 min ago", "2 h ago", "yesterday"), and the date beyond a week. What is near is "just now", or "in a moment" where it lies ahead by its nature: clocks differ. */
export function formatRelative(at: Date, now: Date, isAhead = false): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 45) return isAhead ? texts.soon : texts.now;
  const days = calendarDays(at, now);
  if (distance < HALF_DAY_SECONDS || days === 0) {
    const [size, words] = distance < ALMOST_HOUR_SECONDS ? [MINUTE_SECONDS, texts.minutes] : [HOUR_SECONDS, texts.hours];
    const count = Math.max(1, Math.round(distance / size));
    return seconds >= 0 ? words.ago(count) : words.ahead(count);
  }
  if (Math.abs(days) < 7) return days > 0 ? texts.days.ago(days) : texts.days.ahead(-days);
  return formatDate(at);
}

/** Writes the day of a moment where the reader is, shortly: "28 Oct 2026"; in full, as documents do: "28 October 2026". */
export function formatDate(at: Date, { isFull = false }: { isFull?: boolean } = {}): string {
  return formatDay(dayOf(at), { isShort: !isFull });
}

/** Writes the time of day where the reader is: "14:05". */
export function formatTime(at: Date): string {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", ...zone() }).format(at);
}

/** Writes a moment for the middle of a sentence: "at 10:41", and "on 20 Nov 2026 at 10:41" on another day. */
export function formatWhen(at: Date, now: Date = new Date()): string {
  return calendarDays(at, now) === 0 ? texts.at(formatTime(at)) : texts.on(formatDate(at), formatTime(at));
}

/** Writes the exact moment where the reader is, to the second, its zone named: "21 November 2026, 10:41:07 GMT+2". */
export function formatExact(at: Date): string {
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short", ...zone() }).format(at);
  return texts.exact(formatDay(dayOf(at)), time);
}

/** Writes a moment for a column, to the second: "21 Nov 2026, 10:41:07 GMT+2", without the zone where the column's head names it. */
export function formatMoment(at: Date, { hasZone = true }: { hasZone?: boolean } = {}): string {
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", ...(hasZone && { timeZoneName: "short" }), ...zone() }).format(at);
  return texts.exact(formatDate(at), time);
}

/** Names the zone that moments are told in, if it is one for all of them: "GMT+2". Summer and winter time are two. */
export function zoneOfAll(moments: readonly Date[]): string | undefined {
  const format = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short", ...zone() });
  const [name, ...others] = new Set(moments.map((at) => format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value));
  return others.length === 0 ? name : undefined;
}

/** Gives the zone that times are told in: the reader's own choice, else the browser's. */
export function readersZone(): string {
  return formats().timezone ?? browsersZone();
}

/** Gives the zone that the reader's device is set to. */
export function browsersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Gives the day of a moment where the reader is: "2026-12-05". */
export function dayOf(at: Date): string {
  return new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", ...zone() }).format(at);
}

function zone(): { timeZone?: string } {
  const { timezone } = formats();
  return timezone ? { timeZone: timezone } : {};
}

function calendarDays(at: Date, now: Date): number {
  const start = (date: Date) => Date.parse(`${dayOf(date)}T00:00:00Z`);
  return Math.round((start(now) - start(at)) / (DAY_SECONDS * 1000));
}
