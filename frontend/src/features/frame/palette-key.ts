import { useLayoutEffect, useSyncExternalStore } from "react";

// Outside of the frame: the key may be pressed while it is still being found out who is reading.
let isOpen = false;
let openedFrom: Element | null = null;
const listeners = new Set<() => void>();

/** Opens or closes the palette, or has it open as soon as it is there. */
export function openPalette(open: boolean): void {
  if (open && !isOpen) openedFrom = document.activeElement;
  isOpen = open;
  for (const listener of listeners) listener();
}

/** Gives what had the focus when the palette was opened, to which it goes back; null where that is gone. */
export function whereOpened(): HTMLElement | null {
  return openedFrom instanceof HTMLElement && openedFrom.isConnected ? openedFrom : null;
}

/** Tells whether the palette is to be open. */
export function usePaletteIsOpen(): boolean {
  return useSyncExternalStore(subscribe, () => isOpen);
}

/** Hears ⌘K and Ctrl K, from before the frame is painted on. */
export function usePaletteKey(): void {
  useLayoutEffect(() => {
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

function press(event: KeyboardEvent) {
  if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
  event.preventDefault();
  openPalette(!isOpen);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
