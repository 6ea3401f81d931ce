import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";

/** Renders a page inside a router of its own, so that links have somewhere to lead. */
export async function renderPage(page: ReactNode) {
  const root = createRootRoute({ component: Outlet });
  const index = createRoute({ getParentRoute: () => root, path: "/", component: () => page });
  const other = createRoute({ getParentRoute: () => root, path: "$", component: () => "elsewhere" });
  const router = createRouter({ routeTree: root.addChildren([index, other]), history: createMemoryHistory({ initialEntries: ["/"] }) });
  await router.load();
  return { ...render(<RouterProvider router={router as never} />), router };
}
