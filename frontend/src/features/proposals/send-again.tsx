import { lazy, Suspense, useState } from "react";
import type { ProposalOut } from "@/api/generated";
import { SendIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { sendingAgain } from "./texts/send";

// It comes when it is asked for: most proposals arrive.
const SendAgainDialog = lazy(() => import("./send-again-dialog"));

/** Offers to e-mail a proposal once more. */
export function SendAgain({ proposal, isPrimary = false }: { proposal: ProposalOut; isPrimary?: boolean }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant={isPrimary ? "primary" : "secondary"} icon={SendIcon} onClick={() => setAsking(true)}>
        {sendingAgain.send}
      </Button>
      <Suspense>{isAsking && <SendAgainDialog proposal={proposal} onClose={() => setAsking(false)} />}</Suspense>
    </>
  );
}
