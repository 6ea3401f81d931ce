import type { Ref, SelectHTMLAttributes } from "react";
import { cx } from "@/ui/class-names";
import { ChevronUpDownIcon, Icon } from "@/ui/icon";
import { CONTROL } from "./control-style";
import { useField } from "./field";

export interface SelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  ref?: Ref<HTMLSelectElement>;
}

/** Picks one of a few. The system's own list: it works on every device and with every reader. */
export function Select({ className, children, ...rest }: SelectProps) {
  return (
    <div className="relative">
      <select {...useField()} className={cx(CONTROL, "appearance-none pr-9", className)} {...rest}>
        {children}
      </select>
      <Icon of={ChevronUpDownIcon} className="pointer-events-none absolute inset-y-0 right-3 my-auto text-ink-3" />
    </div>
  );
}
