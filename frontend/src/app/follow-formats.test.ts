import { createMemoryHistory, createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { afterEach, expect, it } from "vitest";
import { getBrandingQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { testQueryClient } from "@/testing/render-page";
import { brandingOf } from "@/testing/samples";
import { DEFAULT_FORMATS, formatDecimal, writeAs } from "@/ui/patterns/formats";
import { followFormats } from "./follow-formats";

afterEach(() => writeAs(DEFAULT_FORMATS));

it("takes changed formats over with the next page, and not while one is being typed on", async () => {
  const root = createRootRoute();
  const pages = ["/", "/next"].map((path) => createRoute({ getParentRoute: () => root, path }));
  const router = createRouter({ routeTree: root.addChildren(pages), history: createMemoryHistory({ initialEntries: ["/"] }) });
  const queryClient = testQueryClient();
  followFormats(router, queryClient);
  await router.load();
  queryClient.setQueryData(getBrandingQueryKey(), brandingOf({ number_format: "POINT_COMMA" }));
  await router.navigate({ to: "/", search: { q: "filtered" } });
  expect(formatDecimal("1234.50")).toBe("1,234.5");
  await router.navigate({ href: "/next" });
  expect(formatDecimal("1234.50")).toBe("1.234,5");
});
