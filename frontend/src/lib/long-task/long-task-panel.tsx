import { useBlocker } from "@tanstack/react-router";
import { CloseIcon, DoneMark, FailedMark, Icon, RetryIcon } from "@/ui/icon";
import { Button, IconButton } from "@/ui/primitives/button";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { Progress } from "@/ui/primitives/progress";
import { leaving, outcome, progress } from "./texts";
import type { LongTaskState } from "./use-long-task";

export interface LongTaskPanelProps<Item> {
  state: LongTaskState<Item>;
  onCancel: () => void;
  onRetry: () => void;
  onDismiss: () => void;
}

/** Shows how far an act on many things is, lets it be stopped, and lists by name what failed and why. */
export function LongTaskPanel<Item>({ state, onCancel, onRetry, onDismiss }: LongTaskPanelProps<Item>) {
  const { task, phase, succeeded, failures } = state;
  const total = task.items.length;
  const isRunning = phase !== "ended";
  const title = isRunning ? task.doing(total) : task.done(succeeded);
  return (
    <section aria-label={title} className="flex flex-col gap-3 rounded-card border border-line bg-surface px-5 py-4 shadow-card max-sm:px-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {!isRunning && <Icon of={failures.length > 0 ? FailedMark : DoneMark} className={failures.length > 0 ? "text-bad" : "text-ok"} />}
        <div role="status" className="min-w-0 flex-1">
          <p className="font-medium">{title}</p>
          {!isRunning && <p className="text-sm text-ink-2">{outcomeText(total, succeeded, failures.length)}</p>}
        </div>
        {isRunning ? (
          <>
            <span className="tabular text-sm text-ink-2">{progress.of(succeeded + failures.length, total)}</span>
            <Button isBusy={phase === "stopping"} onClick={onCancel}>
              {phase === "stopping" ? progress.stopping : progress.cancel}
            </Button>
          </>
        ) : (
          <>
            {failures.length > 0 && (
              <Button icon={RetryIcon} onClick={onRetry}>
                {outcome.retry}
              </Button>
            )}
            <IconButton icon={CloseIcon} label={outcome.close} onClick={onDismiss} />
          </>
        )}
      </div>
      {isRunning && <Progress label={title} done={succeeded + failures.length} total={total} text={progress.of(succeeded + failures.length, total)} />}
      {phase === "stopping" && <p className="text-sm text-ink-2">{progress.stoppingHint}</p>}
      {failures.length > 0 && <Failures state={state} />}
      {isRunning && <LeaveGuard title={title} />}
    </section>
  );
}

function outcomeText(total: number, succeeded: number, failed: number): string {
  const skipped = total - succeeded - failed;
  if (failed > 0 && skipped > 0) return outcome.both(outcome.failed(failed), outcome.skipped(skipped));
  if (failed > 0) return outcome.failed(failed);
  return skipped > 0 ? outcome.skipped(skipped) : outcome.all;
}

function Failures<Item>({ state: { task, failures } }: { state: LongTaskState<Item> }) {
  return (
    <ul aria-label={outcome.failures} className="max-h-60 overflow-y-auto border-t border-line">
      {failures.map(({ item, reason }, index) => (
        <li key={index} className="flex gap-x-4 border-line py-2 text-sm not-last:border-b max-sm:flex-col">
          <span className="min-w-0 font-medium break-words sm:w-64 sm:shrink-0">{task.nameOf(item)}</span>
          <span className="min-w-0 flex-1 break-words text-ink-2">{reason}</span>
        </li>
      ))}
    </ul>
  );
}

/** Asks before the rest is left undone by leaving; another filter or page of the same list leaves nothing. */
function LeaveGuard({ title }: { title: string }) {
  const blocker = useBlocker({ shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname, enableBeforeUnload: true, withResolver: true });
  return (
    <ConfirmDialog
      isOpen={blocker.status === "blocked"}
      onOpenChange={(isOpen) => !isOpen && blocker.reset?.()}
      title={leaving.title}
      description={leaving.description(title)}
      verb={leaving.confirm}
      isDestructive
      onConfirm={() => blocker.proceed?.()}
    />
  );
}
