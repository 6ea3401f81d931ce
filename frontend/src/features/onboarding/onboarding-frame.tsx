import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Logo } from "@/ui/patterns/logo";
import { Stepper } from "@/ui/patterns/stepper";
import { STEPS, type StepName } from "./steps";

/** Frames the steps before the app opens: where one is, and the way out. */
export function OnboardingFrame({ at, children }: { at: StepName; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center justify-between border-b border-line bg-surface px-6 max-sm:px-4">
        <Logo />
        <Link to="/logout" preload={false} className="text-sm text-ink-2 hover:text-ink">
          Sign out
        </Link>
      </header>
      <main className="mx-auto flex w-full max-w-[44rem] flex-1 flex-col gap-6 px-4 py-10 max-sm:py-6">
        <Stepper label="Onboarding" steps={STEPS.map((step) => ({ value: step.name, label: step.label }))} current={at} />
        <section className="rounded-card border border-line bg-surface p-8 shadow-card max-sm:p-5">{children}</section>
      </main>
    </div>
  );
}
