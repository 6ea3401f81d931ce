import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@/lib/http/configure-client";
import { pageFact } from "@/lib/page-fact";
import { createQueryClient } from "@/lib/query-client";
import { UiProvider } from "@/ui/ui-provider";
import "@/ui/styles.css";
import { followFormats, writeAsBusiness } from "./follow-formats";
import { makeRouter } from "./router";

// Before anything is written: an amount that changed its signs would move what stands beside it.
const branding = pageFact("branding");
if (branding) writeAsBusiness(branding);

const queryClient = createQueryClient();
const router = makeRouter(queryClient);
followFormats(router, queryClient);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <UiProvider>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </UiProvider>
  </StrictMode>,
);
