import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { BusinessMark } from "@/lib/business-mark";
import { useBusinessFace } from "@/lib/face";
import { SiteName } from "@/ui/patterns/site-name";
import { Stepper } from "@/ui/patterns/stepper";
import { STEPS, type StepName } from "./steps";
import { frame } from "./texts/frame";

/** Frames the steps before the app opens, in the name of the business: where one is, and the way out. */
export function OnboardingFrame({ at, children }: { at: StepName; children: ReactNode }) {
  const branding = useBusinessFace();
  return (
    <SiteName value={branding?.name ?? frame.portal}>
      <div className="flex min-h-dvh flex-col">
        <header className="flex h-14 items-center justify-between gap-3 border-b border-line bg-surface px-6 max-sm:px-4">
          <span className="flex min-w-0 items-center">
            <BusinessMark branding={branding} />
          </span>
          <Link to="/logout" preload={false} className="shrink-0 text-sm text-ink-2 hover:text-ink">
            {frame.signOut}
          </Link>
        </header>
        <main className="mx-auto flex w-full max-w-[44rem] flex-1 flex-col gap-6 px-4 py-10 max-sm:py-6">
          <Stepper label={frame.steps} steps={STEPS.map((step) => ({ value: step.name, label: step.label }))} current={at} />
          <section className="rounded-card border border-line bg-surface p-8 shadow-card max-sm:p-5">{children}</section>
        </main>
      </div>
    </SiteName>
  );
}
