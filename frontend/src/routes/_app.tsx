import { createFileRoute, Outlet, redirect } from "@tanstack/react-router";
import { AppFrame } from "@/features/frame/app-frame";
import { RoutePending } from "@/features/frame/route-states";

export const Route = createFileRoute("/_app")({
  beforeLoad: async (route) => {
    const { openStep, requireSession } = await import("@/lib/session/guards");
    if (openStep(await requireSession(route))) throw redirect({ to: "/onboarding" });
  },
  pendingComponent: AppPending,
  component: App,
});

/** Holds the page while it is found out who is reading. */
function AppPending() {
  return (
    <main className="mx-auto max-w-[80rem] px-8 pt-24 max-sm:px-4">
      <RoutePending />
    </main>
  );
}

function App() {
  return (
    <AppFrame>
      <Outlet />
    </AppFrame>
  );
}
