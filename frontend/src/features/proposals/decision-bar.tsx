import { lazy, Suspense, useState, type ReactNode } from "react";
import type { MoneyBody, ProposalOut } from "@/api/generated";
import { useFormLeft } from "@/lib/kept-work/use-kept-work";
import { useCan } from "@/lib/session/me";
import { Money } from "@/ui/patterns/money";
import { bottomBar } from "@/ui/primitives/bottom-bar";
import { Button } from "@/ui/primitives/button";
import { decisionForm, DECISIONS, type Decision } from "./decision-form";
import { decisionBar, totalBar } from "./texts/decisions";
import { isAwaitingDecision } from "./versions";

// Forms and dialogs come when a decision is begun: the document itself must be there at once.
const ApproveDialog = lazy(() => import("./approve-dialog"));
const NoteDialog = lazy(() => import("./note-dialog"));

/** Keeps the total, and what may be done about it, on the screen. */
export function TotalBar({ total, taxName, children }: { total: MoneyBody; taxName: string; children: ReactNode }) {
  return (
    <aside ref={bottomBar} aria-label={totalBar.label} className="sticky bottom-0 z-10 border-t border-line bg-surface shadow-float print:hidden">
      <div className="mx-auto flex max-w-[50rem] flex-wrap items-center justify-between gap-x-6 gap-y-2 px-6 py-3.5 max-sm:px-4 max-sm:py-3">
        <div className="max-sm:order-2 max-sm:flex max-sm:w-full max-sm:items-baseline max-sm:justify-between">
          <p className="text-sm text-ink-3">{totalBar.total(taxName)}</p>
          <p className="text-lg font-semibold tracking-[-0.011em] max-sm:text-md">
            <Money value={total} />
          </p>
        </div>
        <div className="flex flex-wrap items-center justify-end gap-2 max-sm:contents">{children}</div>
      </div>
    </aside>
  );
}

/** Offers the decisions that the reader may take on what was sent, and tells a client who cannot approve it who can. */
export function DecisionBar({ proposal, onApproved }: { proposal: ProposalOut; onApproved?: () => void }) {
  const canDecide = useCan("proposals:decide");
  const isStaff = useCan("proposals:write");
  const canAskChanges = useCan("proposals:request_changes");
  const left = useFormLeft((decision) => decisionForm(proposal, decision), DECISIONS);
  const [ask, setAsk] = useState<Decision | undefined>(left);
  const close = () => setAsk(undefined);
  if (isStaff) return null;
  return (
    <>
      {isAwaitingDecision(proposal) && (
        <TotalBar total={proposal.total} taxName={proposal.tax_name}>
          {!canDecide && <p className="text-base text-ink-2 max-sm:order-1 max-sm:w-full">{decisionBar.decider(proposal.organization.name)}</p>}
          {canDecide && (
            <Button variant="ghost" className="max-sm:order-3 max-sm:flex-1" onClick={() => setAsk("decline")}>
              {decisionBar.decline}
            </Button>
          )}
          {canAskChanges && (
            <Button className="max-sm:order-4 max-sm:flex-1" onClick={() => setAsk("changes")}>
              {decisionBar.requestChanges}
            </Button>
          )}
          {canDecide && (
            <Button variant="primary" size="lg" className="max-sm:order-1 max-sm:w-full" onClick={() => setAsk("approve")}>
              {decisionBar.approve}
            </Button>
          )}
        </TotalBar>
      )}
      {/* Outlives the bar: whoever was about to decide is told that somebody else has. */}
      <Suspense>
        {ask === "approve" && <ApproveDialog proposal={proposal} onClose={close} onApproved={onApproved} />}
        {(ask === "changes" || ask === "decline") && <NoteDialog proposal={proposal} ask={ask} onClose={close} />}
      </Suspense>
    </>
  );
}
