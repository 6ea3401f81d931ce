/** Gives the day that a moment falls on in a time zone, as date inputs write it: "2026-12-05". */
export function dayIn(timezone: string, moment: Date): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: timezone, calendar: "iso8601", year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** Gives the day that comes so many days after another. */
export function daysLater(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** Writes a day as the reader's locale does; it is the same day in every time zone. */
export function formatDay(day: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}
