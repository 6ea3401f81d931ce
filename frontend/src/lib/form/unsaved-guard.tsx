import { useBlocker } from "@tanstack/react-router";
import { useEffect, useId } from "react";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { leaving as texts } from "./texts";

/** The forms of the page that were changed: the first of them asks for all. */
const changed = new Set<string>();

/** Asks once before changes are lost by leaving, however many forms of the page were changed. */
export function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const id = useId();
  useEffect(() => {
    if (!isDirty) return;
    changed.add(id);
    return () => void changed.delete(id);
  }, [id, isDirty]);
  const blocker = useBlocker({ shouldBlockFn: () => isDirty && changed.values().next().value === id, enableBeforeUnload: isDirty, withResolver: true });
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
