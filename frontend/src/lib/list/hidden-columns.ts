import { useState } from "react";
import { recallTexts, remember } from "@/lib/browser-memory";

/** Gives which columns of a list are hidden, by the address or else by what this browser remembers, and the way to change it. */
export function useHiddenColumns(list: string, inAddress: string | undefined, onAddress: (hide: string | undefined) => void) {
  const name = `${list}.hidden-columns`;
  const [remembered, setRemembered] = useState<readonly string[]>(() => recallTexts(name));
  const hidden: ReadonlySet<string> = new Set(inAddress === undefined ? remembered : inAddress.split(","));
  function hide(next: ReadonlySet<string>) {
    const ids = [...next];
    remember(name, ids.length > 0 ? ids : null);
    setRemembered(ids);
    onAddress(ids.length > 0 ? ids.join(",") : undefined);
  }
  return [hidden, hide] as const;
}
