import { useState } from "react";
import { cx } from "@/ui/class-names";
import { CheckIcon, CopyIcon, Icon } from "@/ui/icon";
import { copyable as texts } from "./texts";

/** Shows an id or a code, and copies it when pressed. */
export function Copyable({ value, label, className }: { value: string; label: string; className?: string }) {
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  }
  return (
    <button
      type="button"
      onClick={() => void copy()}
      className={cx("inline-flex max-w-full items-center gap-2 rounded-control border border-line bg-sunk px-2 py-px font-mono text-sm text-ink-2 hover:border-line-2 hover:text-ink", className)}
    >
      <span className="sr-only">{texts.copy(label)}</span>
      <span className="text-left break-all">{value}</span>
      <Icon of={isCopied ? CheckIcon : CopyIcon} size="sm" />
      <span role="status" className="sr-only">
        {isCopied ? texts.copied : ""}
      </span>
    </button>
  );
}
