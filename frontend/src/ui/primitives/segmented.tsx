import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";

export interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** Picks one of two or three views of the same thing. */
export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={(chosen) => {
        const next = options.find((option) => option.value === chosen[0]);
        if (next) onChange(next.value);
      }}
      className="inline-flex overflow-hidden rounded-control border border-edge"
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="px-2.5 py-0.5 text-sm text-ink-2 transition-colors hover:bg-hover focus-visible:-outline-offset-2 data-pressed:bg-soft data-pressed:font-medium data-pressed:text-soft-ink"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
