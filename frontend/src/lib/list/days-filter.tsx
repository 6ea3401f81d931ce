import { useState } from "react";
import { daysLater } from "@/lib/day";
import { DateInput } from "@/ui/patterns/date-input";
import { formatDay } from "@/ui/patterns/day-format";
import { CHIP_FACE, FilterChip } from "@/ui/patterns/filter-chip";
import { dayOf } from "@/ui/patterns/relative-time-format";
import { Button } from "@/ui/primitives/button";
import { Field } from "@/ui/primitives/field";
import { Popover } from "@/ui/primitives/popover";
import { days as texts } from "./texts";

export interface Days {
  from?: string | undefined;
  to?: string | undefined;
}

interface Preset extends Days {
  label: string;
}

/** Gives the stretches that are asked for most, from the reader's own today. */
function presetsOf(today: string): Preset[] {
  const month = today.slice(0, 8);
  const next = daysLater(`${month}01`, 31).slice(0, 8);
  return [
    { label: texts.today, from: today, to: today },
    { label: texts.week, from: daysLater(today, -6), to: today },
    { label: texts.month, from: `${month}01`, to: daysLater(`${next}01`, -1) },
  ];
}

/** Filters by days, the first and the last included. */
export function DaysFilter({ label, value, onChange }: { label: string; value: Days; onChange: (days: Days) => void }) {
  const [isOpen, setOpen] = useState(false);
  const presets = presetsOf(dayOf(new Date()));
  const chosen = presets.find(({ from, to }) => from === value.from && to === value.to);
  function choose({ from, to }: Days) {
    onChange({ from, to });
    setOpen(false);
  }
  return (
    <FilterChip label={label} value={chosen?.label.toLowerCase() ?? rangeText(value)} onRemove={() => onChange({})}>
      {(face) => (
        <Popover
          label={label}
          isOpen={isOpen}
          onOpenChange={setOpen}
          trigger={
            <button type="button" className={CHIP_FACE}>
              {face}
            </button>
          }
        >
          <div className="flex w-64 flex-col">
            {presets.map((preset) => (
              <button key={preset.label} type="button" aria-pressed={preset === chosen} onClick={() => choose(preset)} className="control-height rounded-[4px] px-2.5 text-left hover:bg-hover aria-pressed:bg-soft aria-pressed:font-medium aria-pressed:text-soft-ink">
                {preset.label}
              </button>
            ))}
            <CustomDays key={`${value.from ?? ""}/${value.to ?? ""}`} value={value} onApply={choose} />
          </div>
        </Popover>
      )}
    </FilterChip>
  );
}

function CustomDays({ value, onApply }: { value: Days; onApply: (days: Days) => void }) {
  const [from, setFrom] = useState(value.from ?? "");
  const [to, setTo] = useState(value.to ?? "");
  const isBackward = from !== "" && to !== "" && to < from;
  return (
    <form
      noValidate
      className="mt-1 flex flex-col gap-3 border-t border-line px-2.5 pt-2.5 pb-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBackward) onApply({ from: from || undefined, to: to || undefined });
      }}
    >
      <Field label={texts.from}>
        <DateInput value={from} onChange={(event) => setFrom(event.target.value)} />
      </Field>
      <Field label={texts.to} error={isBackward ? texts.backward : undefined}>
        <DateInput value={to} onChange={(event) => setTo(event.target.value)} />
      </Field>
      <Button type="submit">{texts.apply}</Button>
    </form>
  );
}

function rangeText({ from, to }: Days): string | undefined {
  if (from && to) return from === to ? formatDay(from) : texts.between(formatDay(from), formatDay(to));
  if (from) return texts.since(formatDay(from));
  return to && texts.until(formatDay(to));
}
