import { getVersionOptions } from "@/api/generated/@tanstack/react-query.gen";
import { pageFact } from "./page-fact";

/** Tells which build is running, as the page says that was sent; where it does not, the server is asked once. */
export function versionOptions() {
  return { ...getVersionOptions(), staleTime: Infinity, initialData: () => pageFact("version") };
}
