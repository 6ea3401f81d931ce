import { createFileRoute, Outlet, redirect } from "@tanstack/react-router";
import { AppFrame } from "@/features/frame/app-frame";

export const Route = createFileRoute("/_app")({
  beforeLoad: async (route) => {
    const { openStep, requireSession } = await import("@/lib/session/guards");
    if (openStep(await requireSession(route))) throw redirect({ to: "/onboarding" });
  },
  component: App,
});

function App() {
  return (
    <AppFrame>
      <Outlet />
    </AppFrame>
  );
}
