import { useBlocker } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { askWith } from "@/lib/confirmation";

const ConfirmIdentity = lazy(() => import("./confirm-identity"));

/** Waits for the server to want to know that it is still you, and asks for the password then; what was begun goes on by itself. */
export function IdentityCheck() {
  const [isOpen, setOpen] = useState(false);
  const waiting = useRef<((isConfirmed: boolean) => void)[]>([]);
  const settle = useCallback((isConfirmed: boolean) => {
    setOpen(false);
    for (const answer of waiting.current.splice(0)) answer(isConfirmed);
  }, []);
  useEffect(
    () =>
      askWith({
        ask: () =>
          new Promise<boolean>((resolve) => {
            waiting.current.push(resolve);
            setOpen(true);
          }),
        isAsking: () => waiting.current.length > 0,
      }),
    [],
  );
  // Over another page it would go on with what cannot be seen any more, and what was typed there would be lost: going back cancels, as Escape does.
  useBlocker({
    shouldBlockFn: () => {
      settle(false);
      return true;
    },
    // Whether something would be lost is for the form to say.
    enableBeforeUnload: false,
    disabled: !isOpen,
  });
  if (!isOpen) return null;
  return (
    <Suspense>
      <ConfirmIdentity onSettled={settle} />
    </Suspense>
  );
}
