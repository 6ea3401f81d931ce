import { formatParts } from "@/ui/patterns/formats";
import { plural } from "@/ui/patterns/plural";
import { counts, type Noun } from "./texts";

/** A page of a list as every operation answers it. */
export interface ListAnswer<Item> {
  items: Item[];
  /** Null where counting would cost more than it tells. */
  total: number | null;
  total_capped?: boolean;
  /** Says that a search went through as much as it may, and that there may be more. */
  search_capped?: boolean;
  page: number | null;
  pages: number | null;
  next_cursor: string | null;
}

/** Writes how much of the whole a page shows: "6 of 42", "51–100 of 1,000+" on a later one, or "20 shown" where nobody has counted. */
export function countOf(data: ListAnswer<unknown> | undefined): string | undefined {
  if (!data || data.items.length === 0) return undefined;
  const { items, total, total_capped: isCapped, page, pages } = data;
  if (total === null) return counts.shown(items.length);
  const whole = written(total, isCapped);
  if (page === null || page === 1) return counts.of(String(items.length), whole);
  // All pages but the last are full.
  const before = page === pages ? total - items.length : (page - 1) * items.length;
  return counts.of(counts.range(formatParts(before + 1, 0), formatParts(before + items.length, 0)), whole);
}

/** Writes what the whole list holds, page or no page: "1 project", "1,000+ projects", or "all projects" where nobody has counted. */
export function wholeOf(data: ListAnswer<unknown> | undefined, noun: Noun): string {
  return countedOf(data, noun) ?? counts.all(noun.other);
}

/** Writes how many there are in all, with their noun, where somebody has counted. */
export function countedOf(data: ListAnswer<unknown> | undefined, noun: Noun): string | undefined {
  if (data === undefined || data.total === null) return undefined;
  if (data.total_capped) return counts.whole(written(data.total, true), noun.other);
  return plural(data.total, { one: counts.whole("#", noun.one), other: counts.whole("#", noun.other) });
}

/** Says whether there is more than the page shows. */
export function isPart(data: ListAnswer<unknown> | undefined): boolean {
  return data !== undefined && (data.next_cursor !== null || data.page === null || data.page > 1);
}

/** Writes a total; where counting stopped early, with a plus. */
function written(total: number, isCapped = false): string {
  return `${formatParts(total, 0)}${isCapped ? "+" : ""}`;
}
