import { useSyncExternalStore } from "react";

/** Tells whether a media query holds, and follows it. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Tells whether the screen is a phone's: tables become cards. */
export function useIsNarrow(): boolean {
  return useMediaQuery("(max-width: 767.9px)");
}
