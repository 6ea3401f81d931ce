import { createFileRoute, Outlet, redirect, useRouterState } from "@tanstack/react-router";
import { StartError } from "@/features/frame/route-states";
import { OnboardingFrame } from "@/features/onboarding/onboarding-frame";
import { isOpenStep, STEPS } from "@/features/onboarding/steps";
import { openStep, requireMe, requireSession } from "@/lib/session/guards";

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
    <OnboardingFrame at={step?.name ?? "welcome"}>
      <Outlet />
    </OnboardingFrame>
  );
}
