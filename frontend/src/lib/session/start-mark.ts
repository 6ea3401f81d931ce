const KEY = "capecontrol.start";

/** Remembers where the reader's work begins, so that a page loaded anew need not ask for what is not theirs. */
export function markStart(path: string): void {
  try {
    localStorage.setItem(KEY, path);
  } catch {
    // Storage may be closed to us; the page then asks, and the server says.
  }
}

/** Says whether this browser's reader is known to begin there. */
export function startsAt(path: string): boolean {
  try {
    return localStorage.getItem(KEY) === path;
  } catch {
    return false;
  }
}
