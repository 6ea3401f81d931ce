import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { pauseWorkflow, redeployWorkflow, removeWorkflow, resumeWorkflow, type WorkflowOut } from "@/api/generated";
import { toApiError } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { MoreIcon, PlayIcon, RetryIcon } from "@/ui/icon";
import { Button, IconButton } from "@/ui/primitives/button";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { Menu, MenuItem } from "@/ui/primitives/menu";
import { useToast } from "@/ui/primitives/toast";
import { changedByWorkflow } from "./changes";

// With all that a form needs: loaded when it is opened.
const RunDialog = lazy(() => import("./run-dialog"));

type Step = WorkflowOut["steps"][number];
const CALLS = { pause: pauseWorkflow, resume: resumeWorkflow, redeploy: redeployWorkflow, remove: removeWorkflow };
const WORDS: Record<keyof typeof CALLS, [verb: string, done: string]> = {
  pause: ["Pause", "Workflow paused"],
  resume: ["Resume", "Workflow resumed"],
  redeploy: ["Deploy again", "Deploying again"],
  remove: ["Remove", "Workflow removed"],
};

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
      toast(WORDS[step][1]);
    },
  });
  const others = workflow.steps.filter((step): step is Exclude<Step, "trigger"> => step !== "trigger");
  if (workflow.steps.length === 0) return null;
  return (
    <div className="flex flex-col items-end gap-1">
      <div className="flex gap-2">
        {workflow.steps.includes("trigger") && (
          <Button icon={PlayIcon} onClick={() => setAsk("trigger")}>
            Run now
          </Button>
        )}
        {workflow.status === "FAILED" && (
          <Button icon={RetryIcon} isBusy={move.isPending} onClick={() => move.mutate("redeploy")}>
            Deploy again
          </Button>
        )}
        <Menu trigger={<IconButton icon={MoreIcon} label={`More for ${workflow.name}`} variant="secondary" />}>
          {others.map((step) => (
            <MenuItem key={step} onSelect={() => (step === "remove" ? setAsk("remove") : move.mutate(step))}>
              {WORDS[step][0]}
            </MenuItem>
          ))}
        </Menu>
      </div>
      {move.error && (
        <p role="alert" className="text-sm text-bad">
          {toApiError(move.error).detail}
        </p>
      )}
      {ask === "trigger" && (
        <Suspense>
          <RunDialog workflow={workflow} onClose={() => setAsk(undefined)} />
        </Suspense>
      )}
      <ConfirmDialog
        isOpen={ask === "remove"}
        onOpenChange={() => setAsk(undefined)}
        title={`Remove “${workflow.name}”?`}
        description="It stops immediately and is deleted from n8n. Its runs stay in the log."
        verb="Remove"
        isDestructive
        isBusy={move.isPending}
        onConfirm={() => move.mutate("remove")}
      />
    </div>
  );
}
