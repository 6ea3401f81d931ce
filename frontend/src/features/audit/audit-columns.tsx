import type { AuditEventOut, Outcome } from "@/api/generated";
import { DoneMark, FailedMark, AlertMark } from "@/ui/icon";
import { cx } from "@/ui/class-names";
import { FLEXIBLE, NAME, TWO_LINES, type Column } from "@/ui/patterns/data-column";
import { Moment } from "@/ui/patterns/relative-time";
import { statusPill, type StatusLooks } from "@/ui/patterns/status-pill";
import { Pill } from "@/ui/primitives/pill";
import { actorName, actorText, titleText } from "./actor";
import type { AuditSort } from "./list";
import { asked, columns, outcomes } from "./texts";

export const OUTCOME_LOOKS: StatusLooks<Outcome> = {
  SUCCESS: { label: outcomes.SUCCESS, tone: "ok", icon: DoneMark },
  FAILURE: { label: outcomes.FAILURE, tone: "bad", icon: FailedMark },
  DENIED: { label: outcomes.DENIED, tone: "warn", icon: AlertMark },
};

const OutcomePill = statusPill(OUTCOME_LOOKS);

/** Says how an act ended; that the product asked for the password is no end. */
export function EventOutcome({ event: { action, outcome } }: { event: Pick<AuditEventOut, "action" | "outcome"> }) {
  return action.startsWith("access.confirmation_asked") ? <Pill>{asked}</Pill> : <OutcomePill status={outcome} />;
}

/** Gives the columns; pressing an action shows the whole entry. */
export function auditColumns(onShow: (event: AuditEventOut) => void): Column<AuditEventOut, AuditSort>[] {
  return [
    {
      id: "action",
      head: columns.action,
      card: "title",
      className: FLEXIBLE,
      cell: (event) => (
        <button type="button" title={titleText(event)} onClick={() => onShow(event)} className={cx(TWO_LINES, "@max-4xl:in-[td]:line-clamp-3 text-left font-medium text-accent after:absolute after:inset-0 hover:underline")}>
          {titleText(event)}
        </button>
      ),
    },
    { id: "actor", head: columns.actor, card: "subtitle", cell: (event) => <span title={actorText(event)}>{actorName(event)}</span>, className: NAME },
    { id: "organization", head: columns.organization, card: "subtitle", room: "wide", cell: (event) => event.organization && <span title={event.organization}>{event.organization}</span>, className: NAME },
    { id: "ip", head: columns.address, card: "none", room: "widest", cell: (event) => <span className="tabular text-ink-2">{event.ip_address}</span> },
    { id: "time", head: columns.time, sort: "-occurred_at", card: "subtitle", cell: (event) => <Moment at={event.timestamp} />, className: "text-ink-2" },
    { id: "outcome", head: columns.outcome, card: "value", cell: (event) => <EventOutcome event={event} /> },
  ];
}
