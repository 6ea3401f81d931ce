import type { ReactNode } from "react";
import { Icon, LockIcon, RetryIcon, WarningIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { Copyable } from "@/ui/primitives/copyable";
import { ButtonLink } from "@/ui/primitives/link";
import { errorState, forbidden } from "./texts/pages";

export interface ErrorStateProps {
  title?: string;
  detail: string;
  requestId?: string | undefined;
  onRetry?: (() => void) | undefined;
  /** Where the state is the whole page, its title is the page's. */
  heading?: "p" | "h1";
  /** What happens by itself. */
  children?: ReactNode;
}

/** Says what happened, offers to try again, and gives the id that support asks for. */
export function ErrorState({ title = errorState.title, detail, requestId, onRetry, heading: Heading = "p", children }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <span className="grid size-10 place-items-center rounded-full bg-bad-s text-bad">
        <Icon of={WarningIcon} size="lg" />
      </span>
      <Heading className="text-base font-semibold">{title}</Heading>
      <p className="max-w-[60ch] text-base text-ink-2">{detail}</p>
      {children && <p className="text-sm text-ink-3">{children}</p>}
      <div className="mt-2 flex flex-wrap items-center justify-center gap-3">
        {onRetry && (
          <Button icon={RetryIcon} onClick={onRetry}>
            {errorState.retry}
          </Button>
        )}
        {requestId && <Copyable value={requestId} label={errorState.requestId} />}
      </div>
    </div>
  );
}

/** Says that this role may not see it, and who can change that; where it is the whole page, with a way on. */
export function ForbiddenState({ heading: Heading = "p", children }: { heading?: "p" | "h1"; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <span className="grid size-10 place-items-center rounded-full bg-sunk text-ink-3">
        <Icon of={LockIcon} size="lg" />
      </span>
      <Heading className="text-base font-semibold">{forbidden.title}</Heading>
      <p className="max-w-[52ch] text-base text-ink-2">
        {forbidden.hint} {children}
      </p>
      {Heading === "h1" && (
        <ButtonLink to="/dashboard" className="mt-2">
          {forbidden.dashboard}
        </ButtonLink>
      )}
    </div>
  );
}
