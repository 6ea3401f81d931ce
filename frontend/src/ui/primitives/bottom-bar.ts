const ROOM = "--bottom-bar";

/** Keeps the corner's panels and messages above a bar that sticks to the bottom of the screen: the bar's `ref`. */
export function bottomBar(bar: HTMLElement | null): (() => void) | undefined {
  if (!bar) return undefined;
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => style.setProperty(ROOM, `${bar.offsetHeight + distanceOf(bar)}px`));
  observer.observe(bar);
  return () => {
    observer.disconnect();
    style.removeProperty(ROOM);
  };
}

/** Gives how far from the bottom of the screen a bar stops. */
function distanceOf(bar: HTMLElement): number {
  return Number.parseFloat(getComputedStyle(bar).bottom) || 0;
}
