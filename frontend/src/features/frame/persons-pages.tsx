import { lazy, Suspense, useEffect, type ReactNode } from "react";
import { session } from "@/lib/session";
import { useStanding } from "@/lib/session/use-standing";

const TakenOver = lazy(() => import("./taken-over"));

/** Holds the pages of one person: when their session ends they are asked to sign in again, and nobody else is shown them. */
export function PersonsPages({ children }: { children: ReactNode }) {
  const standing = useStanding();
  useEffect(() => session.keepPages(), []);
  if (standing !== "TAKEN") return children;
  return (
    <Suspense>
      <TakenOver />
    </Suspense>
  );
}
