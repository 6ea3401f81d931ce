import { useState } from "react";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { leaving as texts } from "./form/texts";
import { UnsavedGuard } from "./form/unsaved-guard";

/** What a form knows of itself; the state of every form is one. */
interface Typed {
  isDirty: boolean;
  isSubmitting: boolean;
}

/**
 * Asks once before what was typed is lost by closing a panel or dialog, or by leaving the page below it: what to close it by,
 * and the question to place in it. Not in `lib/form`, whose files go to the sign-in together.
 */
export function useCloseGuard({ isDirty, isSubmitting }: Typed, onClose: () => void) {
  const [isAsked, setAsked] = useState(false);
  function leave() {
    setAsked(false);
    onClose();
  }
  return {
    close: () => (isDirty ? setAsked(true) : onClose()),
    question: (
      <>
        <UnsavedGuard isDirty={isDirty} isSaving={isSubmitting} />
        <ConfirmDialog isOpen={isAsked} onOpenChange={setAsked} title={texts.title} description={texts.panel} verb={texts.confirm} otherwise={texts.stay} isDestructive onConfirm={leave} />
      </>
    ),
  };
}
