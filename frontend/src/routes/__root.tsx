import { createRootRouteWithContext, Outlet } from "@tanstack/react-router";
import type { RouteContext } from "@/lib/route-context";
import { NotFoundPage } from "@/ui/patterns/not-found-page";

export const Route = createRootRouteWithContext<RouteContext>()({
  beforeLoad: async ({ location }) => {
    // The landing page asks the server nothing, so it does not load what talks to it.
    if (location.pathname !== "/") await import("@/lib/http/configure-client");
  },
  component: Outlet,
  notFoundComponent: NotFoundPage,
});
