import { toApiError } from "@/lib/problem";
import { cx } from "@/ui/class-names";
import { Aftermath, hasAftermath } from "./aftermath";
import type { Attempt } from "./attempt";
import { Countdown } from "./countdown";
import { headline } from "./headline";
import { useComingAgain } from "./use-coming-again";

/** Says beside a button, where a notice has no room, why an act failed, and when it is tried again or may be. */
export function FailureLine({ of: { isPending, error }, className }: { of: Attempt; className?: string }) {
  const coming = useComingAgain(isPending);
  if (coming)
    return (
      <span role="status" className={cx("flex flex-col text-sm text-warn", className)}>
        {headline(coming.refusal)}
        <Countdown at={coming.at} isByItself />
      </span>
    );
  if (isPending || !error) return null;
  const failure = toApiError(error);
  return (
    <span role="alert" className={cx("flex flex-col text-sm text-bad", className)}>
      {headline(failure)}
      {hasAftermath(failure) && <Aftermath failure={failure} />}
    </span>
  );
}
