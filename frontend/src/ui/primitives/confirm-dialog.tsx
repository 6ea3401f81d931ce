import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { dialog as texts } from "./texts";

export interface ConfirmDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description: ReactNode;
  /** The verb of the act, as on the button that led here. */
  verb: string;
  /** What not doing it is called, where "Cancel" could mean both. */
  otherwise?: string;
  isDestructive?: boolean;
  isBusy?: boolean;
  /** The act is not possible, and the description says why: there is nothing to confirm. */
  isImpossible?: boolean;
  onConfirm: () => void;
  children?: ReactNode;
}

/** Asks once before an act that cannot be taken back. */
export function ConfirmDialog({ verb, otherwise = texts.cancel, isDestructive = false, isBusy = false, isImpossible = false, onConfirm, children, ...dialog }: ConfirmDialogProps) {
  return (
    <Dialog
      {...dialog}
      actions={
        <>
          <Button onClick={() => dialog.onOpenChange(false)}>{isImpossible ? texts.close : otherwise}</Button>
          {!isImpossible && (
            // The second click of a double click is never a second answer.
            <Button variant={isDestructive ? "danger" : "primary"} isBusy={isBusy} onClick={({ detail }) => detail < 2 && onConfirm()}>
              {verb}
            </Button>
          )}
        </>
      }
    >
      {children}
    </Dialog>
  );
}
