import { useEffect } from "react";

/** How many dialogs are open that stand alone (`DialogProps.isAlone`). */
let open = 0;

/** Gives whether a dialog or panel lies below one that stands alone: a key or a press there is not meant for it. */
export function useIsBelow(isAlone: boolean): () => boolean {
  useEffect(() => {
    if (!isAlone) return;
    open += 1;
    return () => {
      open -= 1;
    };
  }, [isAlone]);
  return () => !isAlone && open > 0;
}
