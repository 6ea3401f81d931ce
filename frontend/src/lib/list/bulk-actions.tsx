import { useState } from "react";
import type { BulkKind } from "@/api/generated";
import { cx } from "@/ui/class-names";
import { CloseIcon, type IconShape } from "@/ui/icon";
import { useIsNarrow } from "@/ui/media-query";
import { Button, IconButton } from "@/ui/primitives/button";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { CornerPanel } from "@/ui/primitives/corner";
import { selection as texts } from "./texts";

/** What can be done to several rows at once; the server does it. */
export interface BulkAction {
  kind: BulkKind;
  /** "Archive" */
  verb: string;
  icon: IconShape;
  /** "12 projects" */
  count: (count: number) => string;
  /** What is asked first, of "12 projects" or "all 2,340 projects". */
  question: (what: string) => { title: string; description: string };
  /** It is asked only where all that match are meant: whoever chose a few rows has seen them. */
  isHarmless?: boolean;
}

export interface SelectionBarProps {
  /** How many rows were chosen one by one. */
  count: number;
  /** All that match, in words, where there are more than the page shows: "2,340 projects". */
  whole: string | undefined;
  isWhole: boolean;
  actions: readonly BulkAction[];
  isBusy: boolean;
  onWhole: () => void;
  onAct: (action: BulkAction) => void;
  onClear: () => void;
}

/** Floats while rows are chosen: how many, the offer to take all that match, what can be done to them, and the way out. */
export function SelectionBar({ count, whole, isWhole, actions, isBusy, onWhole, onAct, onClear }: SelectionBarProps) {
  const [asked, setAsked] = useState<BulkAction>();
  const isNarrow = useIsNarrow();
  if (count === 0 && !isWhole) return null;
  const question = asked?.question(isWhole && whole ? texts.whole(whole) : asked.count(count));
  const bar = (
    <div
      role="toolbar"
      aria-label={texts.label}
      className={cx("pointer-events-auto flex flex-wrap items-center gap-2 rounded-card border border-line bg-raised py-2 pr-2 pl-4 shadow-float", !isNarrow && "sticky bottom-4 z-[5] mx-auto max-w-full")}
    >
      <span className="tabular mr-2 text-sm font-medium">{isWhole && whole ? texts.wholeSelected(whole) : texts.count(count)}</span>
      {whole && !isWhole && (
        <Button onClick={onWhole}>
          {texts.selectWhole(whole)}
        </Button>
      )}
      {actions.map((action) => (
        <Button key={action.verb} icon={action.icon} disabled={isBusy} onClick={() => (isWhole || !action.isHarmless ? setAsked(action) : onAct(action))}>
          {action.verb}
        </Button>
      ))}
      <IconButton icon={CloseIcon} label={texts.clear} onClick={onClear} />
      {asked && question && (
        <ConfirmDialog
          isOpen
          onOpenChange={() => setAsked(undefined)}
          title={question.title}
          description={question.description}
          verb={asked.verb}
          onConfirm={() => {
            setAsked(undefined);
            onAct(asked);
          }}
        />
      )}
    </div>
  );
  // On a phone both are as wide as the screen: one above the other, or the progress would cover the acts.
  return isNarrow ? <CornerPanel>{bar}</CornerPanel> : bar;
}
