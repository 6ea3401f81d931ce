import { getBrandingOptions } from "@/api/generated/@tanstack/react-query.gen";

/** How to ask whom clients write to. */
export function brandingOptions() {
  return { ...getBrandingOptions(), staleTime: 60_000 };
}
