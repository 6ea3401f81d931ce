/** What asks for a time zone, in English. */

export const timezone = {
  label: "Time zone",
  now: (moment: string, offset: string) => `It is now <moment>${moment}</moment> there (${offset}).`,
  moment: (time: string, day: string) => `${time} on ${day}`,
  placeholder: "Search for a city or region",
  empty: "No time zones match",
};
