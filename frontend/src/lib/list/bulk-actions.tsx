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
export interface BulkAction<Row = unknown> {
  kind: BulkKind;
  /** "Archive" */
  verb: string;
  icon: IconShape;
  /** "12 projects" */
  count: (count: number) => string;
  /** Which rows it can be done to, where that is not all; of all that match only the server knows. */
  isPossible?: (row: Row) => boolean;
  /** What is asked first, of "12 projects" or "all 2,340 projects"; and how many of the chosen rows it can be done to, where they are known. */
  question: (what: string, rows?: { possible: number; chosen: number }) => { title: string; description: string };
  /** It is asked only where all that match are meant: whoever chose a few rows has seen them. */
  isHarmless?: boolean;
}

export interface SelectionBarProps<Row> {
  /** The rows that were chosen one by one. */
  chosen: readonly Row[];
  /** All that match, in words, where there are more than the page shows: "2,340 projects". */
  whole: string | undefined;
  isWhole: boolean;
  actions: readonly BulkAction<Row>[];
  isBusy: boolean;
  onWhole: () => void;
  /** With those of the chosen rows that it can be done to. */
  onAct: (action: BulkAction<Row>, rows: readonly Row[]) => void;
  onClear: () => void;
}

/** Floats while rows are chosen: how many, the offer to take all that match, what can be done to them, and the way out. */
export function SelectionBar<Row>({ chosen, whole, isWhole, actions, isBusy, onWhole, onAct, onClear }: SelectionBarProps<Row>) {
  const count = chosen.length;
  const [asked, setAsked] = useState<BulkAction<Row>>();
  const isNarrow = useIsNarrow();
  if (count === 0 && !isWhole) return null;
  const possible = (action: BulkAction<Row>) => chosen.filter((row) => !action.isPossible || action.isPossible(row));
  const question = isWhole && whole ? asked?.question(texts.whole(whole)) : asked?.question(asked.count(count), { possible: possible(asked).length, chosen: count });
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
        <Button key={action.verb} icon={action.icon} disabled={isBusy} onClick={() => (isWhole || !action.isHarmless ? setAsked(action) : onAct(action, possible(action)))}>
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
          isImpossible={!isWhole && possible(asked).length === 0}
          onConfirm={() => {
            setAsked(undefined);
            onAct(asked, possible(asked));
          }}
        />
      )}
    </div>
  );
  // On a phone both are as wide as the screen: one above the other, or the progress would cover the acts.
  return isNarrow ? <CornerPanel>{bar}</CornerPanel> : bar;
}
