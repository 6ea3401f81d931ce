import { useEffect, useState, type ReactNode } from "react";
import { CloseIcon, Icon, PlusIcon, SearchIcon } from "@/ui/icon";
import { Input } from "@/ui/primitives/input";

// What every list of the API takes; some take more.
const SEARCH_MAX = 100;

export interface FilterBarProps {
  children: ReactNode;
  /** What the filter leaves, as "6 of 42". */
  count?: ReactNode;
  onClear?: (() => void) | undefined;
}

/** Holds a list's filters in one bar; their values live in the URL. */
export function FilterBar({ children, count, onClear }: FilterBarProps) {
  return (
    <div role="search" className="flex flex-wrap items-center gap-2">
      {children}
      {onClear && (
        <button type="button" onClick={onClear} className="control-height inline-flex items-center gap-1.5 rounded-control px-2 text-sm text-ink-2 hover:bg-hover">
          <Icon of={CloseIcon} size="sm" />
          Clear
        </button>
      )}
      {count && (
        <span aria-live="polite" className="tabular ml-auto text-sm text-ink-3">
          {count}
        </span>
      )}
    </div>
  );
}

/** Filters by words, a moment after the last key. */
export function FilterSearch({ label, placeholder, value, onChange }: { label: string; placeholder: string; value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const [applied, setApplied] = useState(value);
  if (applied !== value) {
    // The address changed from outside (a cleared filter, the back button): the field follows.
    setApplied(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 250);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className="relative w-70 max-sm:w-full">
      <Icon of={SearchIcon} className="pointer-events-none absolute inset-y-0 left-3 my-auto text-ink-3" />
      <Input type="search" maxLength={SEARCH_MAX} aria-label={label} placeholder={placeholder} value={text} onChange={(event) => setText(event.target.value)} className="pl-9" />
    </div>
  );
}

/** Filters by one of a few values. */
export function FilterSelect({ label, value, options, onChange }: { label: string; value: string; options: readonly { value: string; label: string }[]; onChange: (value: string) => void }) {
  const chosen = options.find((option) => option.value === value);
  return (
    <label
      className={
        "control-height relative inline-flex items-center gap-1.5 rounded-control border px-3 text-sm focus-within:outline-2 focus-within:outline-accent " +
        (chosen ? "border-transparent bg-soft font-medium text-soft-ink" : "border-dashed border-edge text-ink-2 hover:bg-hover")
      }
    >
      {!chosen && <Icon of={PlusIcon} size="sm" />}
      <span aria-hidden="true">{chosen ? `${label}: ${chosen.label.toLowerCase()}` : label}</span>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} className="absolute inset-0 w-full cursor-pointer appearance-none bg-surface text-ink opacity-0">
        <option value="">Any</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Filters by a day. */
export function FilterDay({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label className="control-height inline-flex items-center gap-1.5 rounded-control border border-dashed border-edge px-3 text-sm text-ink-2 focus-within:outline-2 focus-within:outline-accent">
      {label}
      <input type="date" value={value} onChange={(event) => onChange(event.target.value)} className="bg-transparent text-sm text-ink outline-none" />
    </label>
  );
}
