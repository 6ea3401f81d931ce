import type { ComboboxOption } from "@/ui/primitives/combobox";
import { formatDay } from "./day-format";
import { timezone as texts } from "./texts/timezone";

/** Gives the time zones to choose from, each with its present distance from UTC; one that the browser does not list stays choosable. */
export function timezoneOptions(chosen: string): ComboboxOption[] {
  const listed = Intl.supportedValuesOf("timeZone");
  const zones = listed.includes(chosen) || !isTimezone(chosen) ? listed : [chosen, ...listed];
  return zones.map((zone) => {
    let offset: string | undefined;
    return {
      value: zone,
      label: nameOf(zone),
      // Worked out when it is first shown: hundreds of formatters would hold a phone up before the list is opened.
      get detail() {
        return (offset ??= offsetOf(zone, new Date()));
      },
    };
  });
}

/** Says whether this browser knows a time zone: with another one, writing any time would fail. */
export function isTimezone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Writes the name of a time zone: "Africa/Johannesburg", "America/New York". */
export function nameOf(zone: string): string {
  return zone.replaceAll("_", " ");
}

/** Writes how far a time zone is from UTC at a moment: "GMT+2", "GMT+5:30". */
export function offsetOf(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** Writes day and time of a moment in a time zone: "14:05 on 22 November 2026". */
export function formatIn(zone: string, at: Date): string {
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(at);
  const day = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone }).format(at);
  return texts.moment(time, formatDay(day));
}
