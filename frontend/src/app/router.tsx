import type { QueryClient } from "@tanstack/react-query";
import { createRouter, type RouterHistory } from "@tanstack/react-router";
import { RouteError, RouteNotFound, RoutePending } from "@/features/frame/route-states";
import type { RouteContext } from "@/lib/route-context";
import type { PageShape } from "@/ui/patterns/page-skeleton";
import { routeTree } from "./route-tree.gen";

/** Makes the router: pages wait a moment before they show a skeleton, and load when a link is about to be pressed. */
export function makeRouter(queryClient: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    history,
    context: { queryClient } satisfies RouteContext,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 200,
    defaultPendingMinMs: 200,
    scrollRestoration: true,
    defaultPendingComponent: RoutePending,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: RouteNotFound,
  });
}

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** What holds the page's place while it loads; a list where nothing else is said. */
    shape?: PageShape | "dashboard";
  }
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
