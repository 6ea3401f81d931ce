import { formats } from "./formats";
import { months } from "./texts/pages";

/** Writes a day ("2026-11-21") as the installation does: "21 November 2026", shortly "21 Nov 2026". It is the same day in every time zone. */
export function formatDay(day: string, { isShort = false }: { isShort?: boolean } = {}): string {
  const [year = "", month = "", date = ""] = day.split("-");
  const name = months[Number(month) - 1] ?? "";
  const word = isShort ? name.slice(0, 3) : name;
  switch (formats().dates) {
    case "DAY_MONTH_YEAR":
      return `${Number(date)} ${word} ${year}`;
    case "MONTH_DAY_YEAR":
      return `${word} ${Number(date)}, ${year}`;
    case "DAY_MONTH_YEAR_DASHES":
      return `${date}-${month}-${year}`;
    case "DAY_MONTH_YEAR_SLASHES":
      return `${date}/${month}/${year}`;
    case "DAY_MONTH_YEAR_POINTS":
      return `${date}.${month}.${year}`;
    case "YEAR_MONTH_DAY":
      return day;
  }
}
