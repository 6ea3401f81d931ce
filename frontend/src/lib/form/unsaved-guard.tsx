import { useBlocker } from "@tanstack/react-router";
import { useEffect, useId } from "react";
import { isConfirming } from "@/lib/confirmation";
import { session } from "@/lib/session";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { leaving as texts } from "./texts";

/** The forms of the page that were changed: the first of them asks for all. */
const changed = new Set<string>();

/**
 * Asks once before changes are lost by leaving, however many forms of the page were changed.
 * While they are being saved only the browser asks: closing or reloading the page would cut the save off.
 */
export function UnsavedGuard({ isDirty, isSaving = false }: { isDirty: boolean; isSaving?: boolean }) {
  const id = useId();
  const isAsked = isDirty && !isSaving;
  useEffect(() => {
    if (!isAsked) return;
    changed.add(id);
    return () => void changed.delete(id);
  }, [id, isAsked]);
  const blocker = useBlocker({
    // While the password is asked for, leaving only cancels that, or is not possible: a question of another form would lie on top of it.
    shouldBlockFn: () => isAsked && !isConfirming() && session.standing !== "LAPSED" && changed.values().next().value === id,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      isOpen={blocker.status === "blocked"}
      onOpenChange={(isOpen) => !isOpen && blocker.reset?.()}
      title={texts.title}
      description={texts.description}
      verb={texts.confirm}
      otherwise={texts.stay}
      isDestructive
      onConfirm={() => blocker.proceed?.()}
    />
  );
}
