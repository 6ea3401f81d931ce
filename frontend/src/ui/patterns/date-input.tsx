import { cx } from "@/ui/class-names";
import { Input, type InputProps } from "@/ui/primitives/input";
import { formatDay } from "./day-format";
import { chooseDate } from "./texts/pages";

type DateInputProps = Omit<InputProps, "type" | "value"> & {
  /** The day ("2026-11-21"), empty where there is none. */
  value: string;
};

/**
 * Takes a day.
 *
 * The browser writes a day in its own order, which may be another than the business's: 12/22 beside 22 December. Until somebody types, the day
 * is shown as everywhere else, and an empty field asks for one. What is half typed stays to be seen. What is typed into, and read aloud, is the browser's own field.
 */
export function DateInput({ value, className, ...rest }: DateInputProps) {
  return (
    <span className="relative block">
      <Input type="date" max="9999-12-31" value={value} className={cx("peer not-focus:valid:text-transparent forced-colors:not-focus:valid:text-[FieldText]", className)} {...rest} />
      <span aria-hidden className={cx("tabular pointer-events-none absolute inset-y-0 left-0 flex items-center px-3 text-base peer-focus:invisible peer-invalid:invisible peer-disabled:text-ink-3 forced-colors:hidden", value ? "text-ink" : "text-ink-3")}>
        {value ? formatDay(value, { isShort: true }) : chooseDate}
      </span>
    </span>
  );
}
