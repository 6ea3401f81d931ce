import { toApiError } from "@/lib/problem";
import { Notice } from "@/ui/primitives/notice";
import { Aftermath, hasAftermath } from "./aftermath";
import type { Attempt } from "./attempt";
import { Countdown } from "./countdown";
import { headline } from "./headline";
import { useComingAgain } from "./use-coming-again";

/** Says above a form or in a dialog why an act failed, and when it is tried again or may be; nothing where all is well. */
export function FailureNotice({ of: { isPending, error } }: { of: Attempt }) {
  const coming = useComingAgain(isPending);
  if (coming)
    return (
      <Notice tone="warn" title={headline(coming.refusal)}>
        <Countdown at={coming.at} isByItself />
      </Notice>
    );
  if (isPending || !error) return null;
  const failure = toApiError(error);
  return (
    <Notice tone="bad" title={headline(failure)}>
      {hasAftermath(failure) && <Aftermath failure={failure} />}
    </Notice>
  );
}
