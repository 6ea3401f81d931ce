import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useId, useState } from "react";
import type { BulkOperationOut } from "@/api/generated";
import { cancelBulkOperationMutation, startBulkOperationMutation } from "@/api/generated/@tanstack/react-query.gen";
import { FailureLine } from "@/lib/failure/failure-line";
import { useRefresh } from "@/lib/refresh";
import { AlertMark, CloseIcon, DoneMark, Icon, RetryIcon } from "@/ui/icon";
import { formatParts } from "@/ui/patterns/formats";
import { Button, IconButton } from "@/ui/primitives/button";
import { Progress } from "@/ui/primitives/progress";
import { changedByBulkOperation } from "./changes";
import { outcomeOf } from "./operation-outcome";
import { isActive } from "./queries";
import { kinds, progress } from "./texts";

/** What went well needs no act. */
const LEAVES_AFTER_MS = 6000;

export interface OperationCardProps {
  operation: BulkOperationOut;
  onDismiss: () => void;
}

/** Shows how far an operation is and lets it be cancelled; then what came of it, and why things failed. */
export function OperationCard({ operation, onDismiss }: OperationCardProps) {
  const { succeeded, failed, total, errors } = operation;
  const isRunning = isActive(operation);
  const title = isRunning ? kinds[operation.kind].doing(total) : kinds[operation.kind].done(succeeded);
  const outcome = isRunning ? undefined : outcomeOf(operation);
  const refresh = useRefresh();
  const onSuccess = () => refresh(changedByBulkOperation());
  const cancel = useMutation({ ...cancelBulkOperationMutation(), onSuccess });
  const retry = useMutation({
    ...startBulkOperationMutation(),
    onSuccess: () => {
      onDismiss();
      return onSuccess();
    },
  });
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const acted = cancel.isPending || cancel.error ? cancel : retry;
  const isFlawed = !isRunning && (failed > 0 || operation.state !== "DONE");
  const passing = errors.filter(({ may_pass: mayPass }) => mayPass);
  const isGood = !isRunning && !isFlawed;
  const leave = useEffectEvent(onDismiss);
  useEffect(() => {
    if (!isGood) return;
    const timer = setTimeout(() => leave(), LEAVES_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isGood]);
  const count = progress.of(formatParts(succeeded + failed, 0), formatParts(total, 0));
  return (
    <div className="pointer-events-auto flex flex-col gap-2 rounded-card border border-line bg-raised p-3 shadow-float">
      <div className="flex items-start gap-2.5">
        {!isRunning && <Icon of={isFlawed ? AlertMark : DoneMark} className={isFlawed ? "mt-0.5 text-warn" : "mt-0.5 text-ok"} />}
        <div className="min-w-0 flex-1">
          <p className="font-medium break-words">{title}</p>
          {outcome && <p className="text-sm text-ink-2">{outcome}</p>}
        </div>
        {isRunning ? (
          <Button isBusy={cancel.isPending} onClick={() => cancel.mutate({ path: { operation_id: operation.id } })}>
            {progress.cancel}
          </Button>
        ) : (
          <IconButton icon={CloseIcon} label={progress.dismiss} onClick={onDismiss} />
        )}
      </div>
      {isRunning && (
        <>
          <Progress label={title} done={succeeded + failed} total={total} text={count} />
          <p className="tabular text-sm text-ink-2">{operation.state === "QUEUED" ? progress.waiting : count}</p>
        </>
      )}
      {failed > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <span className="tabular text-sm text-ink-2">{progress.failed(failed)}</span>
          <Button aria-expanded={isOpen} aria-controls={listId} onClick={() => setOpen(!isOpen)}>
            {isOpen ? progress.hideWhy : progress.why}
          </Button>
          {!isRunning && errors.length === failed && passing.length > 0 && (
            <Button icon={RetryIcon} isBusy={retry.isPending} onClick={() => retry.mutate({ body: { kind: operation.kind, ids: passing.map(({ subject_id: id }) => id) } })}>
              {progress.retry}
            </Button>
          )}
        </div>
      )}
      {isOpen && <Failures id={listId} operation={operation} />}
      <FailureLine of={acted} />
    </div>
  );
}

function Failures({ id, operation: { errors, failed } }: { id: string; operation: BulkOperationOut }) {
  return (
    <ul id={id} aria-label={progress.failures} className="max-h-60 overflow-y-auto border-t border-line text-sm">
      {errors.map(({ subject_id: subject, name, reason }) => (
        <li key={subject} className="border-line py-2 not-last:border-b">
          <p className="font-medium break-words">{name ?? progress.gone}</p>
          <p className="break-words text-ink-2">{reason}</p>
        </li>
      ))}
      {failed > errors.length && <li className="py-2 text-ink-2">{progress.more(failed - errors.length)}</li>}
    </ul>
  );
}
