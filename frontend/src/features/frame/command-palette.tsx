import { lazy, Suspense, useEffect, useState } from "react";
import { Icon, SearchIcon } from "@/ui/icon";
import { Kbd } from "@/ui/primitives/kbd";
import type { Place } from "./navigation";

const Palette = lazy(() => import("./palette-list"));
const IS_MAC = /mac|iphone|ipad/i.test(navigator.userAgent);

/** Jumps to a place by a few letters of its name; ⌘K or Ctrl K opens it from anywhere. */
export function CommandPalette({ places }: { places: readonly Place[] }) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  if (isOpen && !wasOpened) setWasOpened(true);
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((open) => !open);
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex h-8.5 w-80 items-center gap-2.5 rounded-control border border-line bg-sunk px-3 text-ink-3 hover:border-edge max-md:w-9 max-md:justify-center max-md:border-transparent max-md:bg-transparent max-md:px-0 max-md:text-ink-2"
      >
        <Icon of={SearchIcon} className="max-md:size-[1.125rem]" />
        <span className="flex-1 text-left max-md:sr-only">Search or jump to…</span>
        <span className="max-md:hidden" aria-hidden="true">
          <Kbd>{IS_MAC ? "⌘K" : "Ctrl K"}</Kbd>
        </span>
      </button>
      {wasOpened && (
        <Suspense>
          <Palette places={places} isOpen={isOpen} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
