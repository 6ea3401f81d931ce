import { createFileRoute, Outlet, redirect, useLocation } from "@tanstack/react-router";
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
  const { pathname } = useLocation();
  const step = STEPS.find(({ name }) => pathname.endsWith(`/${name}`));
  return (
    <OnboardingFrame at={step?.name ?? "welcome"}>
      <Outlet />
    </OnboardingFrame>
  );
}
