import type { ReactNode } from "react";
import { cx } from "@/ui/class-names";
import { AlertMark, DoneMark, Icon, InfoIcon, type IconShape } from "@/ui/icon";

const LOOKS: Record<"info" | "ok" | "warn" | "bad", [string, IconShape]> = {
  info: ["border-line bg-soft text-soft-ink", InfoIcon],
  ok: ["border-line bg-ok-s text-ok", DoneMark],
  warn: ["border-line bg-warn-s text-warn", AlertMark],
  bad: ["border-line bg-bad-s text-bad", AlertMark],
};

/** Tells something about the page or the form it stands in. */
export function Notice({ tone = "info", title, children, actions }: { tone?: keyof typeof LOOKS; title: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  const [look, icon] = LOOKS[tone];
  return (
    <div role={tone === "bad" ? "alert" : "status"} className={cx("flex items-start gap-3 rounded-card max-sm:flex-wrap border px-4 py-3", look)}>
      <Icon of={icon} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children && <div className="mt-0.5 text-sm text-ink-2">{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:[&_a]:w-full max-sm:[&_button]:w-full">{actions}</div>}
    </div>
  );
}
