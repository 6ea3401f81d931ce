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

/** Says a status by word, icon and colour together. */
export function Pill({ tone = "neutral", icon: Shape, children, className }: { tone?: Tone; icon?: IconShape; children: ReactNode; className?: string }) {
  return (
    <span className={cx("inline-flex items-center gap-1 rounded-full border px-2 py-px text-xs font-medium whitespace-nowrap", TONES[tone], className)}>
      {Shape && <Shape aria-hidden="true" className="-ml-0.5 size-3.5 shrink-0" />}
      {children}
    </span>
  );
}
