import { lazy, Suspense, useState } from "react";
import { useCan } from "@/lib/session/me";
import { Icon, SearchIcon } from "@/ui/icon";
import { Kbd } from "@/ui/primitives/kbd";
import type { Act } from "./act";
import { openPalette, usePaletteIsOpen, usePaletteKey, whereOpened } from "./palette-key";
import { palette as texts } from "./texts/app";

const Palette = lazy(() => import("./palette-list"));
const IS_MAC = /mac|iphone|ipad/i.test(navigator.userAgent);

/** Finds records and jumps to pages by a few letters; ⌘K or Ctrl K opens it from anywhere. */
export function CommandPalette({ acts }: { acts: readonly Act[] }) {
  const canSearch = useCan("search:use");
  const isOpen = usePaletteIsOpen();
  const [wasOpened, setWasOpened] = useState(false);
  const [early, setEarly] = useState("");
  if (isOpen && !wasOpened) setWasOpened(true);
  if (!isOpen && early) setEarly("");
  usePaletteKey();
  return (
    <>
      <button
        type="button"
        onClick={() => openPalette(true)}
        className="flex h-8.5 w-96 items-center max-md:shrink-0 gap-2.5 rounded-control border border-line bg-sunk px-3 text-ink-3 hover:border-edge max-md:w-9 max-md:justify-center max-md:border-transparent max-md:bg-transparent max-md:px-0 max-md:text-ink-2"
      >
        <Icon of={SearchIcon} className="max-md:size-[1.125rem]" />
        <span className="flex-1 truncate text-left max-md:sr-only">{canSearch ? texts.search : texts.jump}</span>
        <span className="max-md:hidden pointer-coarse:hidden" aria-hidden="true">
          <Kbd>{IS_MAC ? texts.keys.mac : texts.keys.other}</Kbd>
        </span>
      </button>
      {wasOpened && (
        <Suspense fallback={isOpen && <EarlyField value={early} onType={setEarly} />}>
          <Palette acts={acts} isOpen={isOpen} onOpenChange={openPalette} early={early} />
        </Suspense>
      )}
    </>
  );
}

/** Takes the first letters while the palette is on its way: they would be lost, or go to the field behind. */
function EarlyField({ value, onType }: { value: string; onType: (text: string) => void }) {
  return (
    <div role="dialog" aria-modal="true" aria-label={texts.label} className="fixed inset-0 z-20 bg-scrim">
      <div className="fixed top-[12vh] left-1/2 flex w-[34rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 items-center gap-3 rounded-card border border-line bg-raised px-4 shadow-float">
        <Icon of={SearchIcon} className="text-ink-3" />
        <input
          ref={focus}
          aria-label={texts.label}
          maxLength={200}
          value={value}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={({ key }) => key === "Escape" && leave()}
          className="h-12 min-w-0 flex-1 bg-transparent text-md outline-none"
        />
      </div>
    </div>
  );
}

function leave() {
  openPalette(false);
  whereOpened()?.focus();
}

function focus(field: HTMLInputElement | null) {
  field?.focus();
}
