import { ChevronLeftIcon, ChevronRightIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { Pagination } from "@/ui/primitives/pagination";
import { recallTexts, remember } from "@/lib/browser-memory";
import type { ListAnswer } from "./page";
import { paging as texts } from "./texts";

/** A place in a list: a page's number, or where to go on; neither is the beginning. */
export interface Place {
  page?: number | undefined;
  cursor?: string | undefined;
}

export interface PagingProps {
  answer: ListAnswer<unknown>;
  cursor: string | undefined;
  onPlace: (place: Place) => void;
}

/** Walks through a list: by number while it is counted, else one page after the other. */
export function Paging({ answer: { page, pages, next_cursor: next }, cursor, onPlace }: PagingProps) {
  if (page !== null && pages !== null) return <Pagination page={page} pages={pages} onPage={(number) => onPlace({ page: number > 1 ? number : undefined })} />;
  if (!cursor && !next) return null;
  const goOn = (to: string) => {
    leaveTrail(to, cursor);
    onPlace({ cursor: to });
  };
  return (
    <nav aria-label={texts.label} className="flex items-center justify-end gap-2">
      {cursor && (
        <Button icon={ChevronLeftIcon} onClick={() => onPlace({ cursor: before(cursor) })}>
          {before(cursor) === undefined ? texts.first : texts.previous}
        </Button>
      )}
      {next && (
        <Button onClick={() => goOn(next)}>
          {texts.next}
          <ChevronRightIcon aria-hidden="true" className="size-4" />
        </Button>
      )}
    </nav>
  );
}

// A cursor leads on, never back: the way that was come is kept in this tab.
const TRAIL = "list-trail";
const TRAIL_MAX = 100;

function leaveTrail(to: string, from: string | undefined): void {
  if (from) remember(TRAIL, [...recallTexts(TRAIL, "sessionStorage"), to, from].slice(-2 * TRAIL_MAX), "sessionStorage");
}

function before(cursor: string): string | undefined {
  const trail = recallTexts(TRAIL, "sessionStorage");
  const at = trail.findLastIndex((text, index) => index % 2 === 0 && text === cursor);
  return at < 0 ? undefined : trail[at + 1];
}
