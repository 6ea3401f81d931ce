import { Skeleton } from "@/ui/primitives/skeleton";
import { LocalBanner } from "./local-banner";
import { usePaletteKey } from "./palette-key";
import { ShapePending } from "./route-states";

/** Holds the frame's place while it is found out who is reading, and so whose name the header bears: header and sidebar stand where they will be. */
export function FramePending() {
  usePaletteKey();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="sticky top-0 z-10 flex h-[3.5625rem] items-center justify-between border-b border-line bg-surface px-4">
        <Skeleton className="h-6 w-32" />
        <Skeleton className="size-8 rounded-full" />
      </header>
      <LocalBanner />
      <div className="flex flex-1">
        <div className="flex w-58 shrink-0 flex-col gap-5.5 border-r border-line bg-sunk p-6 max-lg:hidden">
          <Skeleton className="h-3.5 w-24" />
          <Skeleton className="h-3.5 w-20" />
          <Skeleton className="h-3.5 w-24" />
        </div>
        <main className="mx-auto w-full max-w-[80rem] min-w-0 flex-1 px-8 pt-8 max-lg:px-6 max-sm:px-4 max-sm:pt-5">
          <ShapePending />
        </main>
      </div>
    </div>
  );
}
