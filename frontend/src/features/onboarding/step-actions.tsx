import type { ReactNode } from "react";
import { ButtonLink } from "@/ui/primitives/link";
import { stepBefore, type StepName } from "./steps";
import { frame } from "./texts/frame";

/** Holds the button that leads on and, after the first step, the one that leads back. */
export function StepActions({ step, children }: { step: StepName; children: ReactNode }) {
  const before = stepBefore(step);
  return (
    <div className="flex gap-2 max-sm:flex-col-reverse">
      {before && (
        <ButtonLink to={`/onboarding/${before}`} size="lg">
          {frame.back}
        </ButtonLink>
      )}
      {children}
    </div>
  );
}
