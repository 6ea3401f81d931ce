import { useState } from "react";
import type { ProposalOut } from "@/api/generated";
import { formatWhen } from "@/ui/patterns/relative-time-format";
import { Button } from "@/ui/primitives/button";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { Notice } from "@/ui/primitives/notice";
import type { EditorForm } from "./editor-form";
import { textOf } from "./editor-text";
import { savedElsewhere, sentMeanwhile } from "./texts/editor";

export interface NewerDraftProps {
  latest: ProposalOut;
  /** Whether the writer would lose something. */
  isDirty: boolean;
  onShow: () => void;
  /** Absent where what was typed cannot take the place of theirs. */
  onKeep: (() => void) | undefined;
}

/** Says that somebody else has saved the draft meanwhile, and asks whose version counts. */
export function NewerDraft({ latest, isDirty, onShow, onKeep }: NewerDraftProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Notice
        tone="warn"
        title={savedElsewhere.title(formatWhen(new Date(latest.updated_at)))}
        actions={
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => (isDirty ? setAsking(true) : onShow())}>{savedElsewhere.show}</Button>
            {onKeep && <Button onClick={onKeep}>{savedElsewhere.keep}</Button>}
          </div>
        }
      >
        {onKeep ? savedElsewhere.keepHint : savedElsewhere.hint}
      </Notice>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={savedElsewhere.question}
        description={savedElsewhere.warning}
        verb={savedElsewhere.show}
        isDestructive
        onConfirm={onShow}
      />
    </>
  );
}

/** Says that the proposal was sent while somebody was still writing, and saves what they wrote from being lost. */
export function SentMeanwhile({ sentAt, form, currency }: { sentAt: string | null; form: EditorForm; currency: string }) {
  const [copied, setCopied] = useState<string>();
  async function copy() {
    try {
      await navigator.clipboard.writeText(textOf(form.getValues(), currency));
      setCopied(sentMeanwhile.copied);
    } catch {
      // Without HTTPS, or by the reader's settings, a page may not write to the clipboard.
      setCopied(sentMeanwhile.notCopied);
    }
  }
  return (
    <Notice
      tone="warn"
      title={sentAt ? sentMeanwhile.titleAt(formatWhen(new Date(sentAt))) : sentMeanwhile.title}
      actions={
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => void copy()}>{sentMeanwhile.copy}</Button>
          <Button onClick={() => form.reset()}>{sentMeanwhile.discard}</Button>
        </div>
      }
    >
      {copied ?? sentMeanwhile.hint}
    </Notice>
  );
}
