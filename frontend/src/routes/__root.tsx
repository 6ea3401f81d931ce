import { createRootRouteWithContext, Outlet } from "@tanstack/react-router";
import { StartError } from "@/features/frame/route-states";
import { pending } from "@/features/frame/texts/plain";
import type { RouteContext } from "@/lib/route-context";
import { Spinner } from "@/ui/primitives/spinner";

export const Route = createRootRouteWithContext<RouteContext>()({
  pendingComponent: RootPending,
  errorComponent: StartError,
  component: Outlet,
});

/** Holds the screen while the first page is on its way. */
function RootPending() {
  return (
    <main className="grid min-h-dvh place-items-center text-accent">
      <h1 className="sr-only">{pending}</h1>
      <Spinner className="size-6" />
    </main>
  );
}
