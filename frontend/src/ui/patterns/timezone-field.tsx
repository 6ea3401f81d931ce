import { useEffect, useMemo, useState } from "react";
import { Combobox } from "@/ui/primitives/combobox";
import { Field } from "@/ui/primitives/field";
import { formatIn, isTimezone, offsetOf, timezoneOptions } from "./timezones";

export interface TimezoneFieldProps {
  /** What the time zone is used for. */
  use: string;
  /** Empty where nothing is chosen. */
  value: string;
  onChange: (zone: string) => void;
  error?: string | undefined;
}

/** Asks for a time zone, and shows what time it is there. */
export function TimezoneField({ use, value, onChange, error }: TimezoneFieldProps) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 5_000);
    return () => clearInterval(timer);
  }, []);
  const options = useMemo(() => timezoneOptions(value), [value]);
  return (
    <Field
      label="Time zone"
      hint={
        <>
          {isTimezone(value) && (
            <span className="block text-ink-2">
              It is now <span className="tabular">{formatIn(value, now)}</span> there ({offsetOf(value, now)}).
            </span>
          )}
          {use}
        </>
      }
      error={error}
    >
      <Combobox options={options} value={value} onChange={(zone) => onChange(zone ?? "")} placeholder="Search for a city or region" emptyText="No time zone matches" />
    </Field>
  );
}
