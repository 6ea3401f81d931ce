const STEPS: [Intl.RelativeTimeFormatUnit, number, string][] = [
  ["minute", 60, "min"],
  ["hour", 3600, "h"],
];
const DAY_SECONDS = 86_400;

/** Writes how long ago something was, shortly ("12 min ago", "2 h ago", "yesterday"), and the date beyond a week. */
export function formatRelative(at: Date, now: Date, locale?: string): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 45) return "just now";
  const days = calendarDays(at, now);
  if (distance < DAY_SECONDS && days === 0) {
    const [, size, word] = distance < 3570 ? (STEPS[0] ?? ["minute", 60, "min"]) : (STEPS[1] ?? ["hour", 3600, "h"]);
    const count = Math.max(1, Math.round(distance / size));
    return seconds >= 0 ? `${count} ${word} ago` : `in ${count} ${word}`;
  }
  if (days === 1) return "yesterday";
  if (days === -1) return "tomorrow";
  if (Math.abs(days) < 7) return days > 0 ? `${days} days ago` : `in ${-days} days`;
  return formatDate(at, now, locale);
}

/** Writes a date shortly, with the year only where it is another one. */
export function formatDate(at: Date, now: Date = new Date(), locale?: string): string {
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    ...(at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }),
  }).format(at);
}

/** Writes a moment for the middle of a sentence: "at 10:41", and "on 20 Nov at 10:41" on another day. */
export function formatWhen(at: Date, now: Date = new Date(), locale?: string): string {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(at);
  return calendarDays(at, now) === 0 ? `at ${time}` : `on ${formatDate(at, now, locale)} at ${time}`;
}

/** Writes the exact moment in the reader's zone, zone named. */
export function formatExact(at: Date, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" }).format(at);
}

function calendarDays(at: Date, now: Date): number {
  const start = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((start(now) - start(at)) / (DAY_SECONDS * 1000));
}
