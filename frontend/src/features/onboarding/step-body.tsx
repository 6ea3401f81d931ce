import type { ReactNode } from "react";
import { toApiError } from "@/lib/problem";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { Button } from "@/ui/primitives/button";
import { Notice } from "@/ui/primitives/notice";
import { StepActions } from "./step-actions";
import type { StepName } from "./steps";
import { useCompleteStep } from "./use-complete-step";

/** A step that is read and then passed by its one button. */
export function StepBody({ step, title, lead, verb, children }: { step: StepName; title: string; lead: string; verb: string; children: ReactNode }) {
  const { mutate, isPending, error } = useCompleteStep(step);
  return (
    <>
      <PlainTitle title={title}>{lead}</PlainTitle>
      <div className="flex flex-col gap-6">
        {error && <Notice tone="bad" title={toApiError(error).detail} />}
        {children}
        <StepActions step={step}>
          <Button variant="primary" size="lg" isBusy={isPending} onClick={() => mutate()}>
            {verb}
          </Button>
        </StepActions>
      </div>
    </>
  );
}
