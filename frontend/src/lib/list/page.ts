import { formatParts } from "@/ui/patterns/formats";
import { counts } from "./texts";

/** A page of a list as every operation answers it. */
export interface ListAnswer<Item> {
  items: Item[];
  /** Null where counting would cost more than it tells. */
  total: number | null;
  total_capped?: boolean;
  page: number | null;
  pages: number | null;
  next_cursor: string | null;
}

/** Writes how much of the whole a page shows: "6 of 42", "20 of 1,000+", or "20 shown" where nobody has counted. */
export function countOf(data: ListAnswer<unknown> | undefined): string | undefined {
  if (!data || data.items.length === 0) return undefined;
  const { items, total, total_capped: isCapped } = data;
  if (total === null) return counts.shown(items.length);
  return counts.of(items.length, written(total, isCapped));
}

/** Writes what the whole list holds, page or no page: "42 projects", or "all projects" where nobody has counted. */
export function wholeOf(data: ListAnswer<unknown> | undefined, noun: string): string {
  const total = data?.total ?? null;
  return total === null ? counts.all(noun) : counts.whole(written(total, data?.total_capped), noun);
}

/** Writes how many there are in all, where somebody has counted. */
export function numberOf(data: ListAnswer<unknown> | undefined): string | undefined {
  return data === undefined || data.total === null ? undefined : written(data.total, data.total_capped);
}

/** Says whether there is more than the page shows. */
export function isPart(data: ListAnswer<unknown> | undefined): boolean {
  return data !== undefined && (data.next_cursor !== null || data.page === null || data.page > 1);
}

/** Writes a total; where counting stopped early, with a plus. */
function written(total: number, isCapped = false): string {
  return `${formatParts(total, 0)}${isCapped ? "+" : ""}`;
}
