import type { InputHTMLAttributes, Ref } from "react";
import { cx } from "@/ui/class-names";
import { CONTROL } from "./control-style";
import { useField } from "./field";

export interface InputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "size"> {
  ref?: Ref<HTMLInputElement>;
  size?: "md" | "lg";
  isNumeric?: boolean;
}

/** Takes one line of text. */
export function Input({ className, size = "md", isNumeric = false, ...rest }: InputProps) {
  return (
    <input
      {...useField()}
      className={cx(CONTROL, size === "lg" && "min-h-10", isNumeric && "tabular text-right", className)}
      {...rest}
    />
  );
}
