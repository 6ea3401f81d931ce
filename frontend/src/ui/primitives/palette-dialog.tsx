import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";

/** Opens near the top of the screen, for typing a few letters and going. */
export function PaletteDialog({ isOpen, onOpenChange, title, children }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; title: string; children: ReactNode }) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 bg-scrim" />
        <Base.Popup className="fixed top-[12vh] left-1/2 w-[34rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 overflow-hidden rounded-card border border-line bg-raised shadow-float">
          <Base.Title className="sr-only">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
