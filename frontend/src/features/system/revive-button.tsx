import { useMutation } from "@tanstack/react-query";
import { reviveDeadLetter, type DeadLetterOut } from "@/api/generated";
import { FailureLine } from "@/lib/failure/failure-line";
import { isStatus } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { Button } from "@/ui/primitives/button";
import { useToast } from "@/ui/primitives/toast";
import { changedByRevival } from "./changes";
import { revival } from "./texts";

/** Tries one message again, which it names as its row does; says under the button why it could not. */
export function ReviveButton({ letter, name }: { letter: DeadLetterOut; name: string }) {
  const refresh = useRefresh();
  const toast = useToast();
  const revive = useMutation({
    mutationFn: () => reviveDeadLetter({ path: { message_id: letter.id }, throwOnError: true }),
    onSuccess: () => toast(revival.done),
    onError: (error) => {
      if (isStatus(error, 409)) toast(revival.tooLate.title, revival.tooLate.detail);
    },
    onSettled: () => refresh(changedByRevival()),
  });
  return (
    <span className="flex flex-col items-end gap-1">
      <Button isBusy={revive.isPending} onClick={() => revive.mutate()} aria-label={revival.verbOf(name)}>
        {revival.verb}
      </Button>
      {!isStatus(revive.error, 409) && <FailureLine of={revive} className="max-w-56 font-normal whitespace-normal" />}
    </span>
  );
}
