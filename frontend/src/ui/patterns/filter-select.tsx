import { CHIP_FACE, FilterChip } from "./filter-chip";
import { filters as texts } from "./texts/lists";

export interface FilterSelectProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
  /** What is shown where nothing is chosen, if that is not everything: "Hidden". */
  any?: string | undefined;
}

/** Filters by one of a few values. The system's own list: it works on every device and with every reader. */
export function FilterSelect({ label, value, options, onChange, any = texts.any }: FilterSelectProps) {
  const chosen = options.find((option) => option.value === value);
  return (
    <FilterChip label={label} value={chosen?.label} isPlain onRemove={() => onChange("")}>
      {(face) => (
        <span className={`${CHIP_FACE} relative focus-within:outline-2 focus-within:outline-accent`}>
          <span aria-hidden="true" className="contents">
            {face}
          </span>
          <select aria-label={label} value={chosen ? value : ""} onChange={(event) => onChange(event.target.value)} className="absolute inset-0 w-full cursor-pointer appearance-none bg-surface text-ink opacity-0">
            <option value="">{any}</option>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </span>
      )}
    </FilterChip>
  );
}
