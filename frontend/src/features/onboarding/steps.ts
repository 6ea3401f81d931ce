import type { OnboardingOut } from "@/api/generated";
import { stepNames } from "./texts/frame";

export type StepName = "welcome" | "profile" | "checklist" | "guide";

/** The steps in the server's order. */
export const STEPS: readonly { name: StepName; label: string }[] = (["welcome", "profile", "checklist", "guide"] as const).map((name) => ({ name, label: stepNames[name] }));

/** Gives the step before one, to go back to; none before the first. */
export function stepBefore(step: StepName): StepName | undefined {
  return STEPS[STEPS.findIndex(({ name }) => name === step) - 1]?.name;
}

/** Gives where an answer leads that completed a step: to the step after it, which may have been taken before. */
export function stepAfter(step: StepName, { steps, next }: Pick<OnboardingOut, "steps" | "next">): string | null {
  return steps[steps.findIndex(({ name }) => name === step) + 1]?.name ?? next;
}

/** Says whether the step of an address may be shown: the one that is due, or one before it. */
export function isOpenStep(pathname: string, due: string): boolean {
  const place = (step: string) => STEPS.findIndex(({ name }) => name === step);
  const asked = STEPS.findIndex(({ name }) => pathname === `/onboarding/${name}`);
  return asked >= 0 && asked <= place(due);
}
