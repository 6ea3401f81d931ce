import { LocalBanner } from "./local-banner";
import { usePaletteKey } from "./palette-key";
import { RoutePending } from "./route-states";

/** Holds the frame's place while it is found out who is reading, and so whose name the header bears: header and sidebar stand where they will be. */
export function FramePending() {
  usePaletteKey();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="sticky top-0 z-10 h-[3.5625rem] border-b border-line bg-surface" />
      <LocalBanner />
      <div className="flex flex-1">
        <div className="w-58 shrink-0 border-r border-line bg-sunk max-lg:hidden" />
        <main className="mx-auto w-full max-w-[80rem] min-w-0 flex-1 px-8 pt-8 max-lg:px-6 max-sm:px-4 max-sm:pt-5">
          <RoutePending />
        </main>
      </div>
    </div>
  );
}
