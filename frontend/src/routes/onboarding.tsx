import { createFileRoute, Outlet, redirect, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { PersonsPages } from "@/features/frame/persons-pages";
import { StartError } from "@/features/frame/route-states";
import { OnboardingFrame } from "@/features/onboarding/onboarding-frame";
import { isOpenStep, STEPS } from "@/features/onboarding/steps";
import { openStep, requireMe, requireSession } from "@/lib/session/guards";

// It belongs to the app's frame, which comes next anyhow.
const SessionKeeper = lazy(() => import("@/features/frame/session-keeper"));

export const Route = createFileRoute("/onboarding")({
  beforeLoad: async (route) => {
    // Nobody skips a step; one that was taken may be looked at again.
    await requireSession(route);
    const due = openStep(await requireMe(route));
    if (!due) throw redirect({ to: "/dashboard" });
    if (!isOpenStep(route.location.pathname, due)) throw redirect({ href: `/onboarding/${due}` });
  },
  errorComponent: StartError,
  component: Onboarding,
});

function Onboarding() {
  // The page that is shown, not the one that is being gone to.
  const pathname = useRouterState({ select: (state) => (state.resolvedLocation ?? state.location).pathname });
  const step = STEPS.find(({ name }) => pathname.endsWith(`/${name}`));
  return (
    <PersonsPages>
      <OnboardingFrame at={step?.name ?? "welcome"}>
        <Outlet />
      </OnboardingFrame>
      <Suspense>
        <SessionKeeper />
      </Suspense>
    </PersonsPages>
  );
}
