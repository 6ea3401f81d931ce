export type Theme = "system" | "light" | "dark";

export const THEME_KEY = "capecontrol.theme";

/** Reads the reader's choice as the page shows it. */
export function readTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

/** Shows the page in the choice that was kept; without one the system decides (ui/tokens/tokens.css). */
export function applyKeptTheme(): void {
  try {
    const chosen = localStorage.getItem(THEME_KEY);
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage may be closed to us (private windows); the system's preference then holds.
  }
}
