import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { pauseWorkflow, redeployWorkflow, removeWorkflow, resumeWorkflow, type WorkflowOut } from "@/api/generated";
import { FailureLine } from "@/lib/failure/failure-line";
import { FailureNotice } from "@/lib/failure/failure-notice";
import { useRefresh } from "@/lib/refresh";
import { MoreIcon, PlayIcon, RetryIcon } from "@/ui/icon";
import { Button, IconButton } from "@/ui/primitives/button";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { Menu, MenuItem } from "@/ui/primitives/menu";
import { useToast } from "@/ui/primitives/toast";
import { changedByWorkflow } from "./changes";
import { commands, removal, steps } from "./texts/project";

// With all that a form needs: loaded when it is opened.
const RunDialog = lazy(() => import("./run-dialog"));

type Step = WorkflowOut["steps"][number];
const CALLS = { pause: pauseWorkflow, resume: resumeWorkflow, redeploy: redeployWorkflow, remove: removeWorkflow };

/** Offers what the caller may do with a workflow now; the server says what that is. */
export function WorkflowSteps({ workflow }: { workflow: WorkflowOut }) {
  const [ask, setAsk] = useState<"trigger" | "remove">();
  const refresh = useRefresh();
  const toast = useToast();
  const move = useMutation({
    mutationFn: async (step: keyof typeof CALLS) => {
      await CALLS[step]({ path: { workflow_id: workflow.id }, throwOnError: true });
    },
    onSuccess: async (_, step) => {
      setAsk(undefined);
      await refresh(changedByWorkflow(workflow));
      toast(commands[step].done);
    },
  });
  const others = workflow.steps.filter((step): step is Exclude<Step, "trigger"> => step !== "trigger");
  if (workflow.steps.length === 0) return null;
  return (
    <div className="flex flex-col items-end gap-1">
      <div className="flex gap-2">
        {workflow.steps.includes("trigger") && (
          <Button icon={PlayIcon} onClick={() => setAsk("trigger")}>
            {commands.trigger.verb}
          </Button>
        )}
        {workflow.status === "FAILED" && (
          <Button icon={RetryIcon} isBusy={move.isPending} onClick={() => move.mutate("redeploy")}>
            {commands.redeploy.verb}
          </Button>
        )}
        <Menu trigger={<IconButton icon={MoreIcon} label={steps.more(workflow.name)} variant="secondary" />}>
          {others.map((step) => (
            <MenuItem key={step} onSelect={() => (step === "remove" ? setAsk("remove") : move.mutate(step))}>
              {commands[step].verb}
            </MenuItem>
          ))}
        </Menu>
      </div>
      {ask !== "remove" && <FailureLine of={move} />}
      {ask === "trigger" && (
        <Suspense>
          <RunDialog workflow={workflow} onClose={() => setAsk(undefined)} />
        </Suspense>
      )}
      <ConfirmDialog
        isOpen={ask === "remove"}
        onOpenChange={() => setAsk(undefined)}
        title={removal.title(workflow.name)}
        description={removal.hint}
        verb={commands.remove.verb}
        isDestructive
        isBusy={move.isPending}
        onConfirm={() => move.mutate("remove")}
      >
        <FailureNotice of={move} />
      </ConfirmDialog>
    </div>
  );
}
