import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { forgetWorkOfOthers } from "@/lib/kept-work/kept-work";
import { forgetRecentRecords } from "@/lib/recent-records";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { Button } from "@/ui/primitives/button";
import { PlainFrame } from "./plain-frame";
import { takenOver as texts } from "./texts/sign-in-again";

/** Stands in place of a person's pages once somebody else has signed in with their browser; nothing of theirs is left. */
export default function TakenOver() {
  const queryClient = useQueryClient();
  const way = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // What had the focus is gone.
    way.current?.focus();
    queryClient.clear();
    forgetWorkOfOthers(null);
    forgetRecentRecords();
  }, [queryClient]);
  return (
    <PlainFrame>
      <div role="alert">
        <PlainTitle title={texts.title}>{texts.hint}</PlainTitle>
      </div>
      {/* The whole page anew: nothing that any part of it still holds goes along. */}
      <Button ref={way} variant="primary" size="lg" className="w-full" onClick={() => window.location.assign("/dashboard")}>
        {texts.go}
      </Button>
    </PlainFrame>
  );
}
