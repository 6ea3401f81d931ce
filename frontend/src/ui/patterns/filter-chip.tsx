import type { ReactNode } from "react";
import { cx } from "@/ui/class-names";
import { CloseIcon, Icon, PlusIcon } from "@/ui/icon";
import { focusFirst } from "./focus-first";
import { filters as texts } from "./texts/lists";

export interface FilterChipProps {
  label: string;
  /** What it filters by now; nothing where it does not. */
  value: string | undefined;
  /** The value says by itself what it filters by: "Denied". */
  isPlain?: boolean;
  onRemove: () => void;
  /** Makes what opens the choice of what the chip says. */
  children: (face: ReactNode) => ReactNode;
}

/** Frames one filter: dashed while it may be added, filled with its value and a way to remove it while it holds. */
export function FilterChip({ label, value, isPlain = false, onRemove, children }: FilterChipProps) {
  const isSet = value !== undefined;
  return (
    <span className={cx("control-height inline-flex max-w-full min-w-0 items-stretch rounded-control border text-sm", isSet ? "border-transparent bg-soft font-medium text-soft-ink" : "border-dashed border-edge text-ink-2 hover:bg-hover")}>
      {children(
        <>
          {!isSet && <Icon of={PlusIcon} size="sm" />}
          {/* A name is read whole: the chip grows by a line where the page is narrower than it. */}
          <span className="min-w-0 py-1 text-left wrap-anywhere">{isSet ? (isPlain ? value : texts.value(label, value)) : label}</span>
        </>,
      )}
      {isSet && (
        <button
          type="button"
          aria-label={texts.remove(label)}
          onClick={({ currentTarget }) => {
            onRemove();
            // This button goes; the focus stays at the filter that it was of.
            focusFirst(currentTarget.parentElement, "select, button");
          }}
          className="-ml-1.5 grid w-7 shrink-0 place-items-center rounded-control hover:bg-hover"
        >
          <Icon of={CloseIcon} size="sm" />
        </button>
      )}
    </span>
  );
}

/** The classes of what opens a chip's choice. */
export const CHIP_FACE = "inline-flex min-w-0 items-center gap-1.5 rounded-control px-3";
