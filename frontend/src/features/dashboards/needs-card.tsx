import { useState } from "react";
import type { Need, NeedKind } from "@/api/generated";
import { ChangesIcon, CheckIcon, ChevronRightIcon, Icon, MoneyIcon, ProposalIcon, WarningIcon, type IconShape } from "@/ui/icon";
import { cx } from "@/ui/class-names";
import { Card } from "@/ui/patterns/card";
import { Money } from "@/ui/patterns/money";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { buttonStyle } from "@/ui/primitives/button-style";
import { PathLink } from "@/ui/primitives/path-link";
import { DismissButton } from "./dismiss-button";
import { needs as texts, steps } from "./texts";

const LOOKS: Record<NeedKind, [IconShape, string]> = {
  PROPOSAL_NOT_DELIVERED: [ProposalIcon, "bg-bad-s text-bad"],
  CHANGES_REQUESTED: [ChangesIcon, "bg-soft text-soft-ink"],
  PROPOSAL_DECLINED: [ProposalIcon, "bg-bad-s text-bad"],
  PROPOSAL_EXPIRED: [ProposalIcon, "bg-warn-s text-warn"],
  UNAPPLIED_PAYMENT: [MoneyIcon, "bg-warn-s text-warn"],
  PAYMENT_FAILED: [MoneyIcon, "bg-bad-s text-bad"],
  PAYMENT_UNCONFIRMED: [MoneyIcon, "bg-bad-s text-bad"],
  PAYMENT_SILENT: [MoneyIcon, "bg-warn-s text-warn"],
  MAILS_FAILING: [WarningIcon, "bg-warn-s text-warn"],
  WORKFLOW_LEFT: [WarningIcon, "bg-bad-s text-bad"],
  FAILED_DEPLOYMENT: [WarningIcon, "bg-bad-s text-bad"],
  DEAD_LETTERS: [WarningIcon, "bg-bad-s text-bad"],
  FAILED_EXECUTION: [WarningIcon, "bg-bad-s text-bad"],
  PROPOSAL_TO_DECIDE: [ProposalIcon, "bg-soft text-soft-ink"],
  PROPOSAL_TO_PAY: [MoneyIcon, "bg-warn-s text-warn"],
  PROPOSAL_WITH_OWNER: [ProposalIcon, "bg-soft text-soft-ink"],
};

/** How many rows come before the others are asked for. */
const FIRST = 5;

/** Lists what waits for the reader, each with its reason: the first few, and all of it when asked. */
export function NeedsCard({ needs, calm }: { needs: readonly Need[]; calm: string }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? needs : needs.slice(0, FIRST);
  return (
    <Card title={texts.title} isFlush>
      {needs.length === 0 ? (
        <p className="flex items-center gap-3 px-5 py-4 text-ink-2 max-sm:px-4">
          <span className="grid size-8.5 shrink-0 place-items-center rounded-control bg-ok-s text-ok">
            <Icon of={CheckIcon} size="lg" />
          </span>
          {calm}
        </p>
      ) : (
        <ul aria-label={texts.title} className="divide-y divide-line">
          {shown.map((need) => (
            <NeedRow key={`${need.kind} ${need.link} ${need.at ?? ""}`} need={need} />
          ))}
        </ul>
      )}
      {shown.length < needs.length && (
        <button type="button" onClick={() => setWhole(true)} className="w-full border-t border-line px-5 py-3 text-left text-base text-accent hover:text-accent-2 hover:underline focus-visible:-outline-offset-2 max-sm:px-4">
          {texts.all(needs.length)}
        </button>
      )}
    </Card>
  );
}

function NeedRow({ need }: { need: Need }) {
  const [icon, look] = LOOKS[need.kind];
  const verb = steps[need.kind];
  return (
    <li className="flex items-center gap-1">
      <PathLink href={need.link} className="flex min-w-0 flex-1 items-center gap-3 px-5 py-3 text-ink no-underline transition-colors hover:bg-hover focus-visible:-outline-offset-2 max-sm:flex-wrap max-sm:px-4">
        <span className={cx("grid size-8.5 shrink-0 place-items-center rounded-control", look)}>
          <Icon of={icon} size="lg" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block font-medium break-words">{need.title}</span>
          {need.organization && <span className="block text-sm text-ink-2 sm:hidden">{need.organization.name}</span>}
          <span className="block text-sm text-ink-3">{need.reason}</span>
          {need.at && (
            <span className="block text-sm text-ink-3 sm:hidden">
              <RelativeTime at={need.at} />
            </span>
          )}
        </span>
        <span className="flex max-w-[35%] flex-col items-end text-right text-sm max-sm:hidden">
          {need.organization && <span className="line-clamp-2 text-ink-2" title={need.organization.name}>{need.organization.name}</span>}
          {need.at && (
            <span className="text-ink-3">
              <RelativeTime at={need.at} />
            </span>
          )}
        </span>
        {verb ? (
          <span className="flex items-center gap-3 max-sm:basis-full max-sm:justify-between max-sm:pl-11.5">
            {need.amount && (
              <span className="font-medium">
                <Money value={need.amount} />
              </span>
            )}
            <span className={buttonStyle(need.kind === "PROPOSAL_WITH_OWNER" ? "secondary" : "primary", "md")}>{verb}</span>
          </span>
        ) : (
          <Icon of={ChevronRightIcon} className={cx("text-ink-3", need.dismissible_id && "max-sm:hidden")} />
        )}
      </PathLink>
      {need.dismissible_id && <DismissButton proposalId={need.dismissible_id} title={need.title} />}
    </li>
  );
}
