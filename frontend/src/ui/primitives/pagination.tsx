import { ChevronLeftIcon, ChevronRightIcon, type IconShape } from "@/ui/icon";
import { IconButton } from "./button";
import { pagination as texts } from "./texts";

/** Walks through the pages of a list; the caller keeps the page in the URL. */
export function Pagination({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  if (pages <= 1) return null;
  return (
    <nav aria-label={texts.label} className="flex items-center justify-end gap-2 text-sm text-ink-2">
      <span aria-live="polite" className="tabular">
        {texts.at(page, pages)}
      </span>
      <Step icon={ChevronLeftIcon} label={texts.previous} isPossible={page > 1} onStep={() => onPage(page - 1)} />
      <Step icon={ChevronRightIcon} label={texts.next} isPossible={page < pages} onStep={() => onPage(page + 1)} />
    </nav>
  );
}

/** Keeps the focus at either end of the list, where a disabled button would lose it. */
function Step({ icon, label, isPossible, onStep }: { icon: IconShape; label: string; isPossible: boolean; onStep: () => void }) {
  return <IconButton icon={icon} label={label} variant="secondary" aria-disabled={!isPossible || undefined} className={isPossible ? undefined : "cursor-not-allowed"} onClick={isPossible ? onStep : undefined} />;
}
