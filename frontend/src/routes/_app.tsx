import { createFileRoute, Outlet, redirect } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import type { MeOut, Topic } from "@/api/generated";
import { billingTopics } from "@/features/billing/changes";
import { bulkTopics } from "@/features/bulk-operations/changes";
import type { Act } from "@/features/frame/act";
import { AppFrame } from "@/features/frame/app-frame";
import { frameTopics } from "@/features/frame/changes";
import { FramePending } from "@/features/frame/frame-pending";
import { StartError } from "@/features/frame/route-states";
import { projectTopics } from "@/features/projects/changes";
import { newProject } from "@/features/projects/texts";
import { proposalTopics } from "@/features/proposals/changes";
import { systemTopics } from "@/features/system/changes";
import { workflowTopics } from "@/features/workflows/changes";
import { useLive, type Reads } from "@/lib/live/use-live";
import { openStep, requireMe, requireSession } from "@/lib/session/guards";
import { meOptions, useMe } from "@/lib/session/me";
import { markStart } from "@/lib/session/start-mark";
import { PlusIcon } from "@/ui/icon";

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
const NewProjectPanel = lazy(() => import("@/features/projects/new-project-panel"));
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
  const [isCreating, setCreating] = useState(false);
  const acts: Act[] = [{ label: newProject.title, icon: PlusIcon, permission: "projects:create", goal: { run: () => setCreating(true) }, isOffered: true }];
  return (
    <AppFrame acts={acts}>
      <Outlet />
      {isCreating && (
        <Suspense>
          <NewProjectPanel isOpen onOpenChange={setCreating} />
        </Suspense>
      )}
      {me.permissions.includes("bulk_operations:run") && (
        <Suspense>
          <BulkOperations />
        </Suspense>
      )}
    </AppFrame>
  );
}
