import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./problem";

/** Makes the store of what the server said. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // A refusal does not change by asking again; a passing failure may.
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.isPassing && error.status !== 429,
      },
      mutations: { retry: false },
    },
  });
}
