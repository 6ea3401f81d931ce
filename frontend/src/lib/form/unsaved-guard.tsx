import { useBlocker } from "@tanstack/react-router";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { leaving as texts } from "./texts";

/** Asks once before changes are lost by leaving. */
export function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker({ shouldBlockFn: () => isDirty, enableBeforeUnload: isDirty, withResolver: true });
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
