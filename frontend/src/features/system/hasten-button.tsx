import { useMutation } from "@tanstack/react-query";
import { hastenMessage, type RetriedMessageOut } from "@/api/generated";
import { FailureLine } from "@/lib/failure/failure-line";
import { isStatus } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { Button } from "@/ui/primitives/button";
import { useToast } from "@/ui/primitives/toast";
import { systemTopics } from "./changes";
import { retried } from "./texts";

/** Tries a failed message now, not when its time comes; says under the button why it could not. */
export function HastenButton({ message, name }: { message: RetriedMessageOut; name: string }) {
  const refresh = useRefresh();
  const toast = useToast();
  const hasten = useMutation({
    mutationFn: () => hastenMessage({ path: { message_id: message.id }, throwOnError: true }),
    onSuccess: () => toast(retried.done),
    onError: (error) => {
      if (isStatus(error, 409)) toast(retried.tooLate.title, retried.tooLate.detail);
    },
    onSettled: () => refresh(systemTopics.system()),
  });
  return (
    <span className="flex flex-col items-end gap-1">
      <Button isBusy={hasten.isPending} onClick={() => hasten.mutate()} aria-label={retried.verbOf(name)}>
        {retried.verb}
      </Button>
      {!isStatus(hasten.error, 409) && <FailureLine of={hasten} className="max-w-56 font-normal whitespace-normal" />}
    </span>
  );
}
