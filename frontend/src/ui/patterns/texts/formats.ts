import type { DateFormat, NumberFormat } from "../formats";

/** What each way of writing figures and days is known by: an example. */
export const numberFormats = {
  COMMA_POINT: "1,234.56",
  POINT_COMMA: "1.234,56",
  SPACE_COMMA: "1 234,56",
  SPACE_POINT: "1 234.56",
  APOSTROPHE_POINT: "1’234.56",
} satisfies Record<NumberFormat, string>;

export const dateFormats = {
  DAY_MONTH_YEAR: "21 November 2026",
  MONTH_DAY_YEAR: "November 21, 2026",
  DAY_MONTH_YEAR_DASHES: "21-11-2026",
  DAY_MONTH_YEAR_SLASHES: "21/11/2026",
  DAY_MONTH_YEAR_POINTS: "21.11.2026",
  YEAR_MONTH_DAY: "2026-11-21",
} satisfies Record<DateFormat, string>;
