import { cx } from "@/ui/class-names";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "md" | "lg";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent border-transparent hover:bg-accent-2",
  secondary: "bg-surface text-ink border-edge shadow-card hover:bg-hover",
  ghost: "border-transparent text-ink hover:bg-hover",
  danger: "bg-bad text-on-bad border-transparent hover:brightness-95",
};
const SIZES: Record<ButtonSize, string> = { md: "control-height px-3", lg: "min-h-10 px-4" };

/** Gives the classes shared by buttons and by links that look like one. */
export function buttonStyle(variant: ButtonVariant, size: ButtonSize, isSquare = false): string {
  return cx(
    "inline-flex items-center justify-center gap-2 rounded-control border text-base font-medium whitespace-nowrap select-none no-underline",
    "transition-colors aria-disabled:opacity-60 disabled:opacity-60 disabled:cursor-not-allowed",
    VARIANTS[variant],
    SIZES[size],
    isSquare && "aspect-square !px-0",
  );
}
