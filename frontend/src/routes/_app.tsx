import { createFileRoute, Outlet, redirect } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import type { MeOut, Topic } from "@/api/generated";
import { billingTopics } from "@/features/billing/changes";
import { bulkTopics } from "@/features/bulk-operations/changes";
import { AppFrame } from "@/features/frame/app-frame";
import { frameTopics } from "@/features/frame/changes";
import { FramePending } from "@/features/frame/frame-pending";
import { StartError } from "@/features/frame/route-states";
import { projectTopics } from "@/features/projects/changes";
import { proposalTopics } from "@/features/proposals/changes";
import { systemTopics } from "@/features/system/changes";
import { workflowTopics } from "@/features/workflows/changes";
import { useLive, type Reads } from "@/lib/live/use-live";
import { openStep, requireMe, requireSession } from "@/lib/session/guards";
import { meOptions, useMe } from "@/lib/session/me";
import { markStart } from "@/lib/session/start-mark";

export const Route = createFileRoute("/_app")({
  beforeLoad: async (route) => {
    await requireSession(route);
    const known = route.context.queryClient.getQueryData(meOptions().queryKey);
    if (known) requireOnboarded(known);
  },
  // Where it is not known who is reading, that is asked together with what the page shows, not before it.
  loader: async (route) => requireOnboarded(await requireMe(route)),
  pendingComponent: FramePending,
  errorComponent: StartError,
  component: App,
});

const READS = { ...projectTopics, ...proposalTopics, ...billingTopics, ...workflowTopics, ...systemTopics, ...frameTopics } satisfies Partial<Record<Topic, Reads>>;
const BulkOperations = lazy(() => import("@/features/bulk-operations/bulk-operations"));

function requireOnboarded(me: MeOut): void {
  if (openStep(me) === null) return;
  markStart("/onboarding");
  throw redirect({ to: "/onboarding" });
}

function App() {
  const me = useMe();
  const reads = useMemo((): Record<Topic, Reads> => ({ ...READS, ...bulkTopics(me.id) }), [me.id]);
  useLive(reads);
  return (
    <AppFrame>
      <Outlet />
      {me.permissions.includes("bulk_operations:run") && (
        <Suspense>
          <BulkOperations />
        </Suspense>
      )}
    </AppFrame>
  );
}
