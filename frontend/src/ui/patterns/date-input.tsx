import { cx } from "@/ui/class-names";
import { Input, type InputProps } from "@/ui/primitives/input";
import { formatDay } from "./day-format";

type DateInputProps = Omit<InputProps, "type" | "value"> & {
  /** The day ("2026-11-21"), empty where there is none. */
  value: string;
};

/**
 * Takes a day.
 *
 * The browser writes a day in its own order, which may be another than the business's: 12/22 beside 22 December. Until somebody types, the day
 * is shown as everywhere else. What is typed into, and read aloud, is the browser's own field.
 */
export function DateInput({ value, className, ...rest }: DateInputProps) {
  return (
    <span className="relative block">
      <Input type="date" max="9999-12-31" value={value} className={cx("peer", value && "not-focus:text-transparent forced-colors:not-focus:text-[FieldText]", className)} {...rest} />
      {value && (
        <span aria-hidden className="tabular pointer-events-none absolute inset-y-0 left-0 flex items-center px-3 text-base text-ink peer-focus:invisible peer-disabled:text-ink-3 forced-colors:hidden">
          {formatDay(value, { isShort: true })}
        </span>
      )}
    </span>
  );
}
