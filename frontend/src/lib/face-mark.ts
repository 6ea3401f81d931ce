import { visitorPage } from "./visitor-pages";

const KEY = "capecontrol.console";

/** Remembers whether this browser's reader works at the staff's consoles, which are the product's and not the business's. */
export function markConsole(isConsole: boolean): void {
  try {
    if (isConsole) localStorage.setItem(KEY, "yes");
    else localStorage.removeItem(KEY);
  } catch {
    // Storage may be closed to us; a console then shows the business's colours until its reader is known.
  }
}

/** Puts on the face in which a page will most probably be shown, before anything of it is drawn; the page's head has the colours. */
export function applyLikelyFace(path: string): void {
  if (visitorPage(path) || !isConsole()) document.documentElement.dataset.face = "business";
}

/** Says whether this browser's last reader was one of the staff. */
export function isConsole(): boolean {
  try {
    return localStorage.getItem(KEY) === "yes";
  } catch {
    return false;
  }
}
