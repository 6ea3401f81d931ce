import { useState } from "react";
import type { ProposalOut } from "@/api/generated";
import { formatWhen } from "@/ui/patterns/relative-time-format";
import { Button } from "@/ui/primitives/button";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { Notice } from "@/ui/primitives/notice";
import type { EditorForm } from "./editor-form";
import { textOf } from "./editor-text";

export interface NewerDraftProps {
  latest: ProposalOut;
  /** Whether the writer would lose something. */
  isDirty: boolean;
  onShow: () => void;
  /** Absent where what was typed cannot take the place of theirs. */
  onKeep: (() => void) | undefined;
}

/** Tells that somebody else has saved the draft meanwhile, and asks whose version counts. */
export function NewerDraft({ latest, isDirty, onShow, onKeep }: NewerDraftProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Notice
        tone="warn"
        title={`This draft was saved elsewhere ${formatWhen(new Date(latest.updated_at))}.`}
        actions={
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => (isDirty ? setAsking(true) : onShow())}>Show their version</Button>
            {onKeep && <Button onClick={onKeep}>Keep mine</Button>}
          </div>
        }
      >
        What you see here is not what they saved.{onKeep && " Keep yours, and your next save replaces theirs."}
      </Notice>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title="Show their version?"
        description="What you changed on this page has not been saved, and will be gone."
        verb="Show their version"
        isDestructive
        onConfirm={onShow}
      />
    </>
  );
}

/** Tells that the proposal was sent while somebody was still writing, and saves what they wrote from being lost. */
export function SentMeanwhile({ sentAt, form, currency }: { sentAt: string | null; form: EditorForm; currency: string }) {
  const [copied, setCopied] = useState<string>();
  async function copy() {
    try {
      await navigator.clipboard.writeText(textOf(form.getValues(), currency));
      setCopied("Copied.");
    } catch {
      // Without HTTPS, or by the reader's settings, a page may not write to the clipboard.
      setCopied("Your browser does not let us copy it. Select what you need below.");
    }
  }
  return (
    <Notice
      tone="warn"
      title={`This proposal was sent${sentAt ? ` ${formatWhen(new Date(sentAt))}` : ""}. Your changes are not saved.`}
      actions={
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => void copy()}>Copy my text</Button>
          <Button onClick={() => form.reset()}>Discard and show what was sent</Button>
        </div>
      }
    >
      {copied ?? "What was sent can no longer be changed. Copy what you still need."}
    </Notice>
  );
}
