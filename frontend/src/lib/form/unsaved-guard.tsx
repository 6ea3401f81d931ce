import { useBlocker } from "@tanstack/react-router";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";

/** Asks once before changes are lost by leaving. */
export function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker({ shouldBlockFn: () => isDirty, enableBeforeUnload: isDirty, withResolver: true });
  return (
    <ConfirmDialog
      isOpen={blocker.status === "blocked"}
      onOpenChange={(isOpen) => !isOpen && blocker.reset?.()}
      title="Leave without saving?"
      description="What you changed on this page has not been saved."
      verb="Leave"
      isDestructive
      onConfirm={() => blocker.proceed?.()}
    />
  );
}
