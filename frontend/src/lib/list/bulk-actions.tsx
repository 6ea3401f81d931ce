import { useState } from "react";
import type { ReadKey } from "@/lib/refresh";
import { CloseIcon, type IconShape } from "@/ui/icon";
import { Button, IconButton } from "@/ui/primitives/button";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { selection as texts } from "./texts";

/** What can be done to several rows at once, by the operation that does it to one. */
export interface BulkAction<Row> {
  /** "Archive" */
  verb: string;
  icon: IconShape;
  /** "Archiving 12 projects" */
  doing: (count: number) => string;
  /** "12 projects archived" */
  done: (count: number) => string;
  /** What is asked first, where it should be. */
  question?: (count: number) => { title: string; description: string };
  run: (row: Row) => Promise<unknown>;
  changed: (rows: readonly Row[]) => readonly ReadKey[];
}

export interface SelectionBarProps<Row> {
  chosen: readonly Row[];
  actions: readonly BulkAction<Row>[];
  isDisabled: boolean;
  onAct: (action: BulkAction<Row>) => void;
  onClear: () => void;
}

/** Floats while rows are chosen: how many, what can be done to them, and the way out. */
export function SelectionBar<Row>({ chosen, actions, isDisabled, onAct, onClear }: SelectionBarProps<Row>) {
  const [asked, setAsked] = useState<BulkAction<Row>>();
  if (chosen.length === 0) return null;
  const question = asked?.question?.(chosen.length);
  return (
    <div role="toolbar" aria-label={texts.label} className="sticky bottom-4 z-[5] mx-auto flex max-w-full flex-wrap items-center gap-2 rounded-card border border-line bg-raised py-2 pr-2 pl-4 shadow-float">
      <span className="tabular mr-2 text-sm font-medium">{texts.count(chosen.length)}</span>
      {actions.map((action) => (
        <Button key={action.verb} icon={action.icon} disabled={isDisabled} onClick={() => (action.question ? setAsked(action) : onAct(action))}>
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
}
