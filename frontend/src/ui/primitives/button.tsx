import type { ButtonHTMLAttributes, Ref } from "react";
import { cx } from "@/ui/class-names";
import { Icon, type IconShape } from "@/ui/icon";
import { buttonStyle, type ButtonSize, type ButtonVariant } from "./button-style";
import { Spinner } from "./spinner";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: IconShape;
  /** Work is under way: a spinner stands before the verb and further presses do nothing. */
  isBusy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** Does one thing, named by a verb. */
export function Button({ variant = "secondary", size = "md", icon, isBusy = false, className, children, onClick, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={cx(buttonStyle(variant, size), className)}
      {...rest}
    >
      {isBusy ? <Spinner /> : icon && <Icon of={icon} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "icon" | "children"> {
  icon: IconShape;
  /** What it does, for those who do not see the picture. */
  label: string;
}

/** Does one thing, shown by a picture only. */
export function IconButton({ icon, label, variant = "ghost", size = "md", className, type = "button", isBusy = false, ...rest }: IconButtonProps) {
  return (
    <button type={type} data-slot="icon-button" aria-label={label} aria-busy={isBusy || undefined} className={cx(buttonStyle(variant, size, true), className)} {...rest}>
      {isBusy ? <Spinner /> : <Icon of={icon} size="lg" />}
    </button>
  );
}
