import { createContext, use, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";

const Context = createContext<HTMLElement | null>(null);

export interface CornerProps {
  /** What comes and goes below the panels. */
  beneath: ReactNode;
  children: ReactNode;
}

/** Gives the app a corner at the bottom right, in which panels and messages stand one above the other. */
export function Corner({ beneath, children }: CornerProps) {
  const [panels, setPanels] = useState<HTMLElement | null>(null);
  return (
    <Context value={panels}>
      {children}
      <div className="pointer-events-none fixed right-4 bottom-[calc(1rem+var(--bottom-bar,0px))] z-30 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2 print:hidden">
        <div ref={setPanels} className="contents" />
        {beneath}
      </div>
    </Context>
  );
}

/** Stands in the corner, wherever in the page it is written. */
export function CornerPanel({ children }: { children: ReactNode }) {
  const panels = use(Context);
  return panels && createPortal(children, panels);
}
