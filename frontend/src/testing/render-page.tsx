import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { Suspense, type ReactNode } from "react";
import type { MeOut } from "@/api/generated";
import { createQueryClient } from "@/lib/query-client";
import { meOptions } from "@/lib/session/me";
import { UiProvider } from "@/ui/ui-provider";
import { meOf } from "./samples";

/** Makes the page's store of what the server said; a failure is told at once, and not asked again. */
export function testQueryClient(): QueryClient {
  const queryClient = createQueryClient();
  queryClient.setDefaultOptions({ ...queryClient.getDefaultOptions(), queries: { ...queryClient.getDefaultOptions().queries, retry: false } });
  return queryClient;
}

/** Renders a page as the app would: with its providers, a reader, and a router in which links have somewhere to lead. */
export async function renderPage(page: ReactNode, { me = {} }: { me?: Partial<MeOut> } = {}) {
  const queryClient = testQueryClient();
  queryClient.setQueryData(meOptions().queryKey, meOf(me));
  const root = createRootRoute({ component: Outlet });
  const index = createRoute({ getParentRoute: () => root, path: "/", component: () => <Suspense fallback="Loading">{page}</Suspense> });
  const other = createRoute({ getParentRoute: () => root, path: "$", component: () => "elsewhere" });
  const router = createRouter({ routeTree: root.addChildren([index, other]), history: createMemoryHistory({ initialEntries: ["/"] }) });
  await router.load();
  const view = render(
    <QueryClientProvider client={queryClient}>
      <UiProvider>
        <RouterProvider router={router as never} />
      </UiProvider>
    </QueryClientProvider>,
  );
  return { ...view, router, queryClient };
}
