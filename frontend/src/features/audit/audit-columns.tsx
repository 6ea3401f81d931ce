import type { AuditEventOut, Outcome } from "@/api/generated";
import { DoneMark, FailedMark, AlertMark } from "@/ui/icon";
import { cx } from "@/ui/class-names";
import { FLEXIBLE, TWO_LINES, type Column } from "@/ui/patterns/data-column";
import { Moment } from "@/ui/patterns/relative-time";
import { statusPill, type StatusLooks } from "@/ui/patterns/status-pill";
import { actorText, sideOf } from "./actor";
import { Numbered } from "./numbered";
import type { AuditSort } from "./list";
import { columns, outcomes, timeIn } from "./texts";

export const OUTCOME_LOOKS: StatusLooks<Outcome> = {
  SUCCESS: { label: outcomes.SUCCESS, tone: "ok", icon: DoneMark, isQuiet: true },
  FAILURE: { label: outcomes.FAILURE, tone: "bad", icon: FailedMark },
  DENIED: { label: outcomes.DENIED, tone: "warn", icon: AlertMark },
};

export const OutcomePill = statusPill(OUTCOME_LOOKS);

// Of three names the act is the one that must be read; the others are short, or take another line.
const NARROW = "min-w-36 max-w-48 break-words @min-[66rem]:min-w-44";

/**
 * Gives the columns.
 * @param zone the one that all times of the page are told in, if it is one
 */
export function auditColumns(zone: string | undefined): Column<AuditEventOut, AuditSort>[] {
  return [
    {
      id: "action",
      head: columns.action,
      card: "title",
      className: FLEXIBLE,
      cell: (event) => (
        <span title={event.title} className={cx(TWO_LINES, "font-medium @max-4xl:in-[td]:line-clamp-3")}>
          <Numbered>{event.title}</Numbered>
        </span>
      ),
    },
    { id: "actor", head: columns.actor, card: "subtitle", cell: (event) => <ActorAt event={event} />, className: NARROW },
    { id: "organization", head: columns.organization, card: "subtitle", room: "wide", cell: (event) => event.organization && <span title={event.organization} className="in-[td]:line-clamp-2">{event.organization}</span>, className: NARROW },
    { id: "time", head: zone === undefined ? columns.time : timeIn(zone), sort: "-occurred_at", card: "subtitle", cell: (event) => <Moment at={event.timestamp} hasZone={zone === undefined} />, className: "text-ink-2" },
    { id: "outcome", head: columns.outcome, card: "value", cell: (event) => <OutcomePill status={event.outcome} /> },
  ];
}

/** Says who acted, for which side, and from where. */
function ActorAt({ event }: { event: AuditEventOut }) {
  const from = [sideOf(event), event.ip_address].filter(Boolean).join(" · ");
  const { organization } = event;
  return (
    <span className="in-[td]:flex in-[td]:flex-col">
      <span title={actorText(event)} className="in-[td]:line-clamp-2">
        {actorText(event)}
      </span>
      {from && (
        <>
          <span className="in-[td]:hidden"> · </span>
          <span className="tabular in-[td]:text-sm in-[td]:text-ink-3">{from}</span>
        </>
      )}
      {/* Where its own column has no room. */}
      {organization && <span className="hidden text-sm text-ink-3 @max-4xl:in-[td]:block">{organization}</span>}
    </span>
  );
}
