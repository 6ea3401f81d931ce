import { useEffect, useMemo, useState } from "react";
import { Combobox } from "@/ui/primitives/combobox";
import { Field } from "@/ui/primitives/field";
import { RichText } from "./rich-text";
import { timezone as texts } from "./texts/timezone";
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
      label={texts.label}
      hint={
        <>
          {isTimezone(value) && (
            <span className="block text-ink-2">
              <RichText text={texts.now(formatIn(value, now), offsetOf(value, now))} parts={{ moment: (moment) => <span className="tabular">{moment}</span> }} />
            </span>
          )}
          {use}
        </>
      }
      error={error}
    >
      <Combobox options={options} value={value} onChange={(zone) => onChange(zone ?? "")} placeholder={texts.placeholder} emptyText={texts.empty} />
    </Field>
  );
}
