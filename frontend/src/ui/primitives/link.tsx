import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";
import { cx } from "@/ui/class-names";
import { Icon, type IconShape } from "@/ui/icon";
import { buttonStyle, type ButtonSize, type ButtonVariant } from "./button-style";

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  ref?: Ref<HTMLAnchorElement>;
}

const TEXT = "text-accent rounded-control hover:text-accent-2 hover:underline underline-offset-2";

function PlainAnchor({ className, children, ...rest }: AnchorProps) {
  return (
    <a className={cx(TEXT, className)} {...rest}>
      {children}
    </a>
  );
}

interface ButtonAnchorProps extends AnchorProps {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: IconShape;
}

function ButtonAnchor({ variant = "secondary", size = "md", icon, className, children, ...rest }: ButtonAnchorProps) {
  return (
    <a className={cx(buttonStyle(variant, size), className)} {...rest}>
      {icon && <Icon of={icon} />}
      {children}
    </a>
  );
}

/** Leads to another page of the product. */
export const TextLink = createLink(PlainAnchor);

/** Leads to another page and looks like a button. */
export const ButtonLink = createLink(ButtonAnchor);

/** Leads out of the single-page app: to a document of the server, or elsewhere. */
export const OutsideLink = PlainAnchor;

/** The same, and looks like a button. */
export const OutsideButton = ButtonAnchor;
