import { createFileRoute } from "@tanstack/react-router";
import { FramePending } from "@/features/frame/frame-pending";
import NotFoundInApp from "@/features/frame/not-found-in-app";
import NotFoundPage from "@/features/frame/not-found-page";
import { PersonsPages } from "@/features/frame/persons-pages";
import { StartError } from "@/features/frame/route-states";
import { openStep, optionalSession } from "@/lib/session/guards";
import { isProbablySignedIn } from "@/lib/session/signed-in-mark";
import { AppShell } from "@/routes/-app-shell";

/** Takes every address that no page has: within the app for those who are in it, who keep their way to everything else. */
export const Route = createFileRoute("/$")({
  beforeLoad: async (route) => {
    const me = await optionalSession(route);
    return { isInApp: me !== null && openStep(me) === null };
  },
  pendingComponent: Pending,
  errorComponent: StartError,
  component: Nowhere,
});

function Pending() {
  return isProbablySignedIn() && <FramePending />;
}

function Nowhere() {
  const { isInApp } = Route.useRouteContext();
  if (!isInApp) return <NotFoundPage />;
  return (
    <PersonsPages>
      <AppShell>
        <NotFoundInApp />
      </AppShell>
    </PersonsPages>
  );
}
