import { createFileRoute, Outlet, redirect, useRouterState } from "@tanstack/react-router";
import { OnboardingFrame } from "@/features/onboarding/onboarding-frame";
import { STEPS } from "@/features/onboarding/steps";

export const Route = createFileRoute("/onboarding")({
  beforeLoad: async (route) => {
    const { openStep, requireSession } = await import("@/lib/session/guards");
    // Nobody skips a step and nobody repeats one: the address follows the server.
    const due = openStep(await requireSession(route));
    if (!due) throw redirect({ to: "/dashboard" });
    if (route.location.pathname !== `/onboarding/${due}`) throw redirect({ href: `/onboarding/${due}` });
  },
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
