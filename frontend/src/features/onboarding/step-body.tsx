import type { ReactNode } from "react";
import { FailureNotice } from "@/lib/failure/failure-notice";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { Button } from "@/ui/primitives/button";
import { StepActions } from "./step-actions";
import type { StepName } from "./steps";
import { useCompleteStep } from "./use-complete-step";

/** A step that is read and then passed by its one button. */
export function StepBody({ step, title, lead, verb, children }: { step: StepName; title: string; lead: string; verb: string; children: ReactNode }) {
  const completion = useCompleteStep(step);
  return (
    <>
      <PlainTitle title={title}>{lead}</PlainTitle>
      <div className="flex flex-col gap-6">
        <FailureNotice of={completion} />
        {children}
        <StepActions step={step}>
          <Button variant="primary" size="lg" isBusy={completion.isPending} onClick={() => completion.mutate()}>
            {verb}
          </Button>
        </StepActions>
      </div>
    </>
  );
}
