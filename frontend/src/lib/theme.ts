import { useSyncExternalStore } from "react";
import { readTheme, THEME_KEY, type Theme } from "./theme-choice";

export { type Theme } from "./theme-choice";

const CHANGED = "capecontrol:theme";

/** Applies a choice at once and keeps it. */
export function chooseTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
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
