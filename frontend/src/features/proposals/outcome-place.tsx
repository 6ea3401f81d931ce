import { useEffect, useRef, type ReactNode } from "react";
import type { ProposalStatus } from "@/api/generated";

/**
 * Holds the place of what came of a proposal, and brings it into view once that changes: whoever decides does so at the
 * foot of the page, where nothing would tell that it counted. It is there before the decision is, since a message that
 * comes with its live region is not always read aloud.
 */
export function OutcomePlace({ status, className, children }: { status: ProposalStatus; className: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(status);
  useEffect(() => {
    if (before.current !== status) place.current?.scrollIntoView({ block: "center" });
    before.current = status;
  }, [status]);
  return (
    <div ref={place} aria-live="polite" className={className}>
      {children}
    </div>
  );
}
