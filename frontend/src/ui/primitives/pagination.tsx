import { ChevronLeftIcon, ChevronRightIcon } from "@/ui/icon";
import { IconButton } from "./button";
import { pagination as texts } from "./texts";

/** Walks through the pages of a list; the caller keeps the page in the URL. */
export function Pagination({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  if (pages <= 1) return null;
  return (
    <nav aria-label={texts.label} className="flex items-center justify-end gap-2 text-sm text-ink-2">
      <span className="tabular">{texts.at(page, pages)}</span>
      <IconButton icon={ChevronLeftIcon} label={texts.previous} variant="secondary" disabled={page <= 1} onClick={() => onPage(page - 1)} />
      <IconButton icon={ChevronRightIcon} label={texts.next} variant="secondary" disabled={page >= pages} onClick={() => onPage(page + 1)} />
    </nav>
  );
}
