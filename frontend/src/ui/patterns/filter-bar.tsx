import type { ReactNode, Ref } from "react";
import { filters as texts } from "./texts/lists";

/** Keeps the chips of a phone in one row that is moved sideways, as wide as the page, so that the list begins sooner. */
export function FilterRow({ children }: { children: ReactNode }) {
  return <div className="contents max-sm:-mx-4 max-sm:flex max-sm:w-[calc(100%+2rem)] max-sm:gap-2 max-sm:overflow-x-auto max-sm:px-4 max-sm:py-1 max-sm:[scrollbar-width:none] max-sm:*:shrink-0">{children}</div>;
}

export interface FilterBarProps {
  children: ReactNode;
  /** What the filter leaves, as "6 of 42". */
  count?: ReactNode;
  /** What changes how the list looks, not what is in it. */
  tools?: ReactNode;
  onClear?: (() => void) | undefined;
  ref?: Ref<HTMLDivElement>;
}

/** Holds a list's filters in one bar; their values live in the URL. It takes the focus when all of them are cleared. */
export function FilterBar({ children, count, tools, onClear, ref }: FilterBarProps) {
  return (
    <div ref={ref} role="search" tabIndex={-1} className="flex flex-wrap items-center gap-2">
      {children}
      {onClear && (
        <button type="button" onClick={onClear} className="control-height inline-flex items-center rounded-control px-2 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink">
          {texts.clear}
        </button>
      )}
      <span className="ml-auto flex items-center gap-3 max-sm:w-full max-sm:flex-wrap max-sm:justify-between">
        <span aria-live="polite" className="tabular text-sm whitespace-nowrap text-ink-3">
          {count}
        </span>
        {tools}
      </span>
    </div>
  );
}
