import type { ReactNode } from "react";
import { cx } from "@/ui/class-names";
import { Icon, ProofIcon } from "@/ui/icon";
import { PathLink } from "@/ui/primitives/path-link";

export interface StatCardProps {
  label: string;
  value: ReactNode;
  note?: ReactNode;
  tone?: "neutral" | "ok" | "warn" | "bad";
  /** The list that proves the number. */
  proof: string;
}

const NOTES = { neutral: "text-ink-3", ok: "text-ok", warn: "text-warn", bad: "text-bad" };

/** Shows one number and leads to its proof. */
export function StatCard({ label, value, note, tone = "neutral", proof }: StatCardProps) {
  return (
    <PathLink
      href={proof}
      className="flex flex-col rounded-card border border-line bg-surface px-5 py-4 text-ink no-underline shadow-card transition-colors hover:border-edge max-sm:px-3.5"
    >
      <span className="flex items-start justify-between gap-2 text-base text-ink-2">
        {label}
        <Icon of={ProofIcon} size="sm" className="mt-1 text-ink-3" />
      </span>
      <span className="mt-1 text-[1.75rem] leading-tight font-semibold tracking-[-0.02em] max-sm:text-lg">{value}</span>
      <span className={cx("mt-1 text-sm", NOTES[tone])}>{note ?? "\u00a0"}</span>
    </PathLink>
  );
}

/** Lays four numbers out: a row on a desk, two by two on a phone. */
export function StatRow({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-2 gap-4 max-sm:gap-3 lg:grid-cols-4">{children}</div>;
}
