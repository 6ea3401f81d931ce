import { useCallback, useState } from "react";
import { useIsNarrow } from "./media-query";

/** Below this a table becomes cards. */
const TABLE_REM = 40;

/**
 * Tells whether a box is too narrow for a table, by its own width: beside something else it has less than the window. Measured
 * before the first picture; a box that has no width yet is judged by the window.
 */
export function useNarrowBox() {
  const [isNarrow, setNarrow] = useState<boolean>();
  const isPhone = useIsNarrow();
  const watch = useCallback((box: HTMLDivElement) => {
    const measure = () => setNarrow(box.clientWidth === 0 ? undefined : box.clientWidth < TABLE_REM * rem());
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return [watch, isNarrow ?? isPhone] as const;
}

function rem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
