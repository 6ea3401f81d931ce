import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

const KEY = "capecontrol.theme";
const CHANGED = "capecontrol:theme";

/** Reads the reader's choice; public/theme.js applies it before the first paint. */
export function readTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

/** Applies a choice at once and keeps it. */
export function chooseTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be closed to us; the choice then holds for this page only.
  }
  window.dispatchEvent(new Event(CHANGED));
}

/** Gives the reader's choice and follows it. */
export function useTheme(): Theme {
  return useSyncExternalStore((changed) => {
    window.addEventListener(CHANGED, changed);
    return () => window.removeEventListener(CHANGED, changed);
  }, readTheme);
}
