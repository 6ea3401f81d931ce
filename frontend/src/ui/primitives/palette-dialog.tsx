import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";

interface PaletteDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** What gets the focus when it closes. */
  goesBackTo: () => HTMLElement | null;
  children: ReactNode;
}

/** Opens near the top of the screen, for typing a few letters and going. */
export function PaletteDialog({ isOpen, onOpenChange, title, goesBackTo, children }: PaletteDialogProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 bg-scrim" />
        <Base.Popup finalFocus={() => goesBackTo() ?? true} className="fixed top-[12vh] left-1/2 w-[34rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 overflow-hidden rounded-card border border-line bg-raised shadow-float">
          <Base.Title className="sr-only">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
