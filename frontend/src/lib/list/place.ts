import { recallTexts, remember } from "@/lib/browser-memory";
import type { ListAnswer } from "./page";

/** A place in a list: a page's number, or where to go on; neither is the beginning. */
export interface Place {
  page?: number | undefined;
  cursor?: string | undefined;
}

/** Gives the place of the page before the one that a cursor led to, or that has a number; undefined at the beginning. */
export function placeBefore({ page, pages }: ListAnswer<unknown>, cursor: string | undefined): Place | undefined {
  if (page !== null && pages !== null) return page > 1 ? { page: page > 2 ? page - 1 : undefined } : undefined;
  return cursor === undefined ? undefined : { cursor: before(cursor) };
}

/** Gives the place of the page after one; undefined at the end. */
export function placeAfter({ page, pages, next_cursor: next }: ListAnswer<unknown>): Place | undefined {
  if (page !== null && pages !== null) return page < pages ? { page: page + 1 } : undefined;
  return next === null ? undefined : { cursor: next };
}

// A cursor leads on, never back: the way that was come is kept in this tab.
const TRAIL = "list-trail";
const TRAIL_MAX = 100;

/** Keeps where somebody was who goes on, so that they find back. */
export function leaveTrail({ cursor: to }: Place, from: string | undefined): void {
  if (to && from) remember(TRAIL, [...recallTexts(TRAIL, "sessionStorage"), to, from].slice(-2 * TRAIL_MAX), "sessionStorage");
}

function before(cursor: string): string | undefined {
  const trail = recallTexts(TRAIL, "sessionStorage");
  const at = trail.findLastIndex((text, index) => index % 2 === 0 && text === cursor);
  return at < 0 ? undefined : trail[at + 1];
}
