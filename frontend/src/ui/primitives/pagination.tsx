import { ChevronLeftIcon, ChevronRightIcon } from "@/ui/icon";
import { IconButton } from "./button";

/** Walks through the pages of a list; the caller keeps the page in the URL. */
export function Pagination({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  if (pages <= 1) return null;
  return (
    <nav aria-label="Pages" className="flex items-center justify-end gap-2 text-sm text-ink-2">
      <span className="tabular">
        Page {page} of {pages}
      </span>
      <IconButton icon={ChevronLeftIcon} label="Previous page" variant="secondary" disabled={page <= 1} onClick={() => onPage(page - 1)} />
      <IconButton icon={ChevronRightIcon} label="Next page" variant="secondary" disabled={page >= pages} onClick={() => onPage(page + 1)} />
    </nav>
  );
}
