import { lazy, Suspense, useState } from "react";
import { useCan } from "@/lib/session/me";
import { Icon, SearchIcon } from "@/ui/icon";
import { Kbd } from "@/ui/primitives/kbd";
import type { Act } from "./act";
import { openPalette, usePaletteIsOpen, usePaletteKey } from "./palette-key";
import { palette as texts } from "./texts/app";

const Palette = lazy(() => import("./palette-list"));
const IS_MAC = /mac|iphone|ipad/i.test(navigator.userAgent);

/** Finds records and jumps to pages by a few letters; ⌘K or Ctrl K opens it from anywhere. */
export function CommandPalette({ acts }: { acts: readonly Act[] }) {
  const canSearch = useCan("search:use");
  const isOpen = usePaletteIsOpen();
  const [wasOpened, setWasOpened] = useState(false);
  if (isOpen && !wasOpened) setWasOpened(true);
  usePaletteKey();
  return (
    <>
      <button
        type="button"
        onClick={() => openPalette(true)}
        className="flex h-8.5 w-96 items-center gap-2.5 rounded-control border border-line bg-sunk px-3 text-ink-3 hover:border-edge max-md:w-9 max-md:justify-center max-md:border-transparent max-md:bg-transparent max-md:px-0 max-md:text-ink-2"
      >
        <Icon of={SearchIcon} className="max-md:size-[1.125rem]" />
        <span className="flex-1 truncate text-left max-md:sr-only">{canSearch ? texts.search : texts.jump}</span>
        <span className="max-md:hidden pointer-coarse:hidden" aria-hidden="true">
          <Kbd>{IS_MAC ? texts.keys.mac : texts.keys.other}</Kbd>
        </span>
      </button>
      {wasOpened && (
        <Suspense>
          <Palette acts={acts} isOpen={isOpen} onOpenChange={openPalette} />
        </Suspense>
      )}
    </>
  );
}
