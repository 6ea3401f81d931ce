import { ChevronLeftIcon, ChevronRightIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { Pagination } from "@/ui/primitives/pagination";
import type { ListAnswer } from "./page";
import { leaveTrail, placeAfter, placeBefore, type Place } from "./place";
import { paging as texts } from "./texts";

export interface PagingProps {
  answer: ListAnswer<unknown>;
  cursor: string | undefined;
  onPlace: (place: Place) => void;
}

/** Walks through a list: by number while it is counted, else one page after the other. */
export function Paging({ answer, cursor, onPlace }: PagingProps) {
  const { page, pages } = answer;
  if (page !== null && pages !== null) return <Pagination page={page} pages={pages} onPage={(number) => onPlace({ page: number > 1 ? number : undefined })} />;
  const [before, after] = [placeBefore(answer, cursor), placeAfter(answer)];
  if (!before && !after) return null;
  const goOn = (to: Place) => {
    leaveTrail(to, cursor);
    onPlace(to);
  };
  return (
    <nav aria-label={texts.label} className="flex items-center justify-end gap-2">
      {before && (
        <Button icon={ChevronLeftIcon} onClick={() => onPlace(before)}>
          {before.cursor === undefined ? texts.first : texts.previous}
        </Button>
      )}
      {after && (
        <Button onClick={() => goOn(after)}>
          {texts.next}
          <ChevronRightIcon aria-hidden="true" className="size-4" />
        </Button>
      )}
    </nav>
  );
}
