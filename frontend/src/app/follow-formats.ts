import type { QueryClient } from "@tanstack/react-query";
import type { AnyRouter } from "@tanstack/react-router";
import type { BrandingOut } from "@/api/generated";
import { getBrandingQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { writeAs } from "@/ui/patterns/formats";

/** Writes figures and dates as the business does. */
export function writeAsBusiness(branding: BrandingOut): void {
  writeAs({ numbers: branding.number_format, dates: branding.date_format, currency: branding.currency });
}

/** Takes changed formats over with the next page, not before: an amount that is half typed is read by the signs it was begun with. */
export function followFormats(router: AnyRouter, queryClient: QueryClient): void {
  router.subscribe("onBeforeNavigate", ({ pathChanged }) => {
    const branding = queryClient.getQueryData<BrandingOut>(getBrandingQueryKey());
    if (pathChanged && branding) writeAsBusiness(branding);
  });
}
