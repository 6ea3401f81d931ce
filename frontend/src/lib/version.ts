import { getVersionOptions } from "@/api/generated/@tanstack/react-query.gen";

/** Tells which build is running; asked once, it changes with the page. */
export function versionOptions() {
  return { ...getVersionOptions(), staleTime: Infinity };
}
