/** Reads what this browser keeps under a name; nothing where it keeps nothing, or may not. */
export function recall(name: string, storage: "localStorage" | "sessionStorage" = "localStorage"): unknown {
  try {
    return JSON.parse(window[storage].getItem(`capecontrol.${name}`) ?? "null");
  } catch {
    return null;
  }
}

/** Keeps a value under a name on this browser; null forgets it. A browser that keeps nothing loses a convenience, no more. */
export function remember(name: string, value: unknown, storage: "localStorage" | "sessionStorage" = "localStorage"): void {
  try {
    if (value === null) window[storage].removeItem(`capecontrol.${name}`);
    else window[storage].setItem(`capecontrol.${name}`, JSON.stringify(value));
  } catch {
    // Private windows and full disks refuse; the page works without.
  }
}

/** Reads a list of texts that this browser keeps. */
export function recallTexts(name: string, storage?: "localStorage" | "sessionStorage"): string[] {
  const kept = recall(name, storage);
  return Array.isArray(kept) ? kept.filter((text): text is string => typeof text === "string") : [];
}
