import { createRootRouteWithContext, Outlet } from "@tanstack/react-router";
import type { RouteContext } from "@/lib/route-context";
import { NotFoundPage } from "@/ui/patterns/not-found-page";
import { Spinner } from "@/ui/primitives/spinner";

export const Route = createRootRouteWithContext<RouteContext>()({
  pendingComponent: RootPending,
  component: Outlet,
  notFoundComponent: NotFoundPage,
});

/** Holds the screen while the first page is on its way. */
function RootPending() {
  return (
    <main className="grid min-h-dvh place-items-center text-accent">
      <h1 className="sr-only">Loading</h1>
      <Spinner className="size-6" />
    </main>
  );
}
