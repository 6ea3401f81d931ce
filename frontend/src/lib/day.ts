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

/** Gives the moment at which a day begins in a time zone, by the calendar: a day of the clock change has 23 or 25 hours. */
export function beginningOf(day: string, timezone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  // The offset of the first guess may be that of the other side of a change of the clocks.
  const guess = wanted - offsetIn(timezone, wanted);
  return new Date(wanted - offsetIn(timezone, guess));
}

/** Gives by how many milliseconds a zone's clocks are ahead of UTC at a moment. */
function offsetIn(timezone: string, moment: number): number {
  const format = new Intl.DateTimeFormat("en", { timeZone: timezone, calendar: "iso8601", hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`) - Math.floor(moment / 1000) * 1000;
}
