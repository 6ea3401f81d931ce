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
      askWith(
        () =>
          new Promise<boolean>((resolve) => {
            waiting.current.push(resolve);
            setOpen(true);
          }),
      ),
    [],
  );
  if (!isOpen) return null;
  return (
    <Suspense>
      <ConfirmIdentity onSettled={settle} />
    </Suspense>
  );
}
