import type { ReactNode } from "react";
import { cx } from "@/ui/class-names";
import { Icon, type IconShape } from "@/ui/icon";
import { RelativeTime } from "./relative-time";

export interface TimelineEntry {
  id: string;
  at: string;
  icon: IconShape;
  tone?: "neutral" | "ok" | "warn" | "bad";
  title: ReactNode;
  detail?: ReactNode;
}

const TONES = { neutral: "bg-sunk text-ink-2", ok: "bg-ok-s text-ok", warn: "bg-warn-s text-warn", bad: "bg-bad-s text-bad" };

/** Tells what happened, newest first: the spine of a record. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className="flex flex-col">
      {entries.map((entry, index) => (
        <li key={entry.id} className="relative flex gap-3 pb-6 last:pb-0">
          {index < entries.length - 1 && <span aria-hidden="true" className="absolute top-9 bottom-1 left-[0.9375rem] w-px bg-line" />}
          <span className={cx("grid size-8 shrink-0 place-items-center rounded-full", TONES[entry.tone ?? "neutral"])}>
            <Icon of={entry.icon} />
          </span>
          <div className="flex min-w-0 flex-1 justify-between gap-3 max-sm:flex-col max-sm:gap-1">
            <div className="min-w-0">
              <p className="text-base font-medium break-words">{entry.title}</p>
              {entry.detail && <p className="text-sm break-words text-ink-3">{entry.detail}</p>}
            </div>
            <span className="shrink-0 text-sm text-ink-3">
              <RelativeTime at={entry.at} />
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
}
