import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider, type RouterHistory } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { makeRouter } from "@/app/router";
import { UiProvider } from "@/ui/ui-provider";
import { testQueryClient } from "./render-page";

/** Opens the whole app at an address, as a browser would: its own routes, guards and loaders. Going back is guarded in the browser's history only. */
export function renderApp(address: string, history: RouterHistory = createMemoryHistory({ initialEntries: [address] })) {
  const queryClient = testQueryClient();
  const router = makeRouter(queryClient, history);
  render(
    <QueryClientProvider client={queryClient}>
      <UiProvider>
        <RouterProvider router={router} />
      </UiProvider>
    </QueryClientProvider>,
  );
  return { router, queryClient };
}
