import { getGuideIndexOptions } from "@/api/generated/@tanstack/react-query.gen";

/** How to ask for the guides; they change with a release only. */
export function guidesOptions() {
  return { ...getGuideIndexOptions(), staleTime: Infinity };
}
