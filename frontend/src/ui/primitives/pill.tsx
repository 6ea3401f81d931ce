import type { ReactNode } from "react";
import { cx } from "@/ui/class-names";
import type { IconShape } from "@/ui/icon";

export type Tone = "neutral" | "info" | "ok" | "warn" | "bad";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunk text-ink-2 border-line",
  // The ground of a row that is selected is the same.
  info: "bg-soft text-soft-ink border-transparent in-data-selected:bg-surface",
  ok: "bg-ok-s text-ok border-transparent",
  warn: "bg-warn-s text-warn border-transparent",
  bad: "bg-bad-s text-bad border-transparent",
};

export interface PillProps {
  tone?: Tone;
  icon?: IconShape;
  /** Without ground and colour: what most are, so that the others catch the eye. */
  isQuiet?: boolean | undefined;
  children: ReactNode;
  className?: string;
}

/** Says a status by word, icon and colour together. */
export function Pill({ tone = "neutral", icon: Shape, isQuiet = false, children, className }: PillProps) {
  return (
    <span className={cx("inline-flex items-center gap-1 rounded-full border py-px text-xs font-medium whitespace-nowrap", isQuiet ? "border-transparent text-ink-2" : cx("px-2", TONES[tone]), className)}>
      {Shape && <Shape aria-hidden="true" className={cx("size-3.5 shrink-0", !isQuiet && "-ml-0.5")} />}
      {children}
    </span>
  );
}
