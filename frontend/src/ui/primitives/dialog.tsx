import { Dialog as Base } from "@base-ui/react/dialog";
import { useRef, type ReactNode } from "react";
import { cx } from "@/ui/class-names";
import { CloseIcon, Icon } from "@/ui/icon";
import { useIsBelow } from "./alone";
import { dialog as texts } from "./texts";

const BACKDROP = "fixed inset-0 bg-scrim transition-opacity duration-[180ms] data-ending-style:opacity-0 data-starting-style:opacity-0";

export interface DialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the decision last. */
  actions?: ReactNode;
  /** Dialogs and panels below it stay as they are meanwhile: what is pressed here is not meant for them. */
  isAlone?: boolean;
  /** Nothing else of the page can be read meanwhile. */
  isVeiling?: boolean;
}

/** Asks for one decision above the page. Focus goes in, stays in, and returns to where it was. */
export function Dialog({ isOpen, onOpenChange, title, description, children, actions, isAlone = false, isVeiling = false }: DialogProps) {
  const isBelow = useIsBelow(isAlone);
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !isBelow() && onOpenChange(open)}>
      <Base.Portal>
        <Base.Backdrop className={cx(BACKDROP, isVeiling && "backdrop-blur-lg")} />
        <Base.Popup className="fixed top-1/2 left-1/2 flex max-h-[calc(100dvh-2rem)] w-[30rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 overflow-y-auto rounded-card border border-line bg-raised p-6 shadow-float transition-opacity duration-[180ms] data-ending-style:opacity-0 data-starting-style:opacity-0">
          <div className="flex flex-col gap-1.5">
            <Base.Title className="text-md font-semibold">{title}</Base.Title>
            {description && <Base.Description className="text-base text-ink-2">{description}</Base.Description>}
          </div>
          {children}
          {actions && <div className="flex flex-wrap justify-end gap-2">{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export interface SidePanelProps extends Omit<DialogProps, "actions" | "isAlone" | "isVeiling"> {
  side?: "right" | "left";
  footer?: ReactNode;
  /** Buttons beside the one that closes it. */
  tools?: ReactNode;
  /** It is read, not filled in: the focus begins on its title, and not on what leads away. */
  isRead?: boolean;
  /** Its width, where that is another one. */
  className?: string;
}

/** Opens a panel beside the page: for editing next to a list, or for the navigation on a phone. */
export function SidePanel({ isOpen, onOpenChange, title, description, children, footer, tools, isRead = false, side = "right", className }: SidePanelProps) {
  const isBelow = useIsBelow(false);
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !isBelow() && onOpenChange(open)}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          initialFocus={isRead ? heading : undefined}
          className={cx(
            "fixed inset-y-0 flex max-w-[100vw] flex-col bg-raised shadow-float transition-transform duration-[180ms]",
            side === "right" && "right-0 border-l border-line data-ending-style:translate-x-full data-starting-style:translate-x-full",
            side === "left" && "left-0 border-r border-line data-ending-style:-translate-x-full data-starting-style:-translate-x-full",
            className ?? "w-[28rem]",
          )}
        >
          <div className="flex items-start gap-3 border-b border-line px-6 py-4 max-sm:px-4">
            <div className="min-w-0 flex-1">
              <Base.Title ref={heading} tabIndex={-1} className="text-md font-semibold outline-none">{title}</Base.Title>
              {description && <Base.Description className="mt-0.5 text-sm text-ink-2">{description}</Base.Description>}
            </div>
            {/* As high as the title's first line. */}
            <div className="-mt-1 -mr-2 flex shrink-0">
              {tools}
              <Base.Close aria-label={texts.close} className="grid size-8 place-items-center rounded-control text-ink-2 hover:bg-hover">
                <Icon of={CloseIcon} />
              </Base.Close>
            </div>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5 max-sm:px-4">{children}</div>
          {footer && <div className="flex justify-end gap-2 border-t border-line px-6 py-4 max-sm:px-4">{footer}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
