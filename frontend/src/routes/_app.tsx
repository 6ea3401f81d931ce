import { createFileRoute, Outlet, redirect } from "@tanstack/react-router";
import type { MeOut } from "@/api/generated";
import { startFor } from "@/features/frame/navigation";
import { FramePending } from "@/features/frame/frame-pending";
import { PersonsPages } from "@/features/frame/persons-pages";
import { StartError } from "@/features/frame/route-states";
import { openStep, requireMe, requireSession } from "@/lib/session/guards";
import { meOptions } from "@/lib/session/me";
import { markStart } from "@/lib/session/start-mark";
import { AppShell } from "@/routes/-app-shell";

export const Route = createFileRoute("/_app")({
  beforeLoad: async (route) => {
    await requireSession(route);
    const known = route.context.queryClient.getQueryData(meOptions().queryKey);
    if (known) requireOnboarded(known);
  },
  // Where it is not known who is reading, that is asked together with what the page shows, not before it.
  loader: async (route) => {
    const me = await requireMe(route);
    requireOnboarded(me);
    // Whoever opens any page is who the next load of the dashboard is for.
    markStart(startFor(me.permissions));
  },
  pendingComponent: FramePending,
  errorComponent: StartError,
  component: App,
});

function requireOnboarded(me: MeOut): void {
  if (openStep(me) === null) return;
  markStart("/onboarding");
  throw redirect({ to: "/onboarding" });
}

function App() {
  return (
    <PersonsPages>
      <AppShell>
        <Outlet />
      </AppShell>
    </PersonsPages>
  );
}
