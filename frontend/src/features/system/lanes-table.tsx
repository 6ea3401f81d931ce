import type { LaneOut } from "@/api/generated";
import { AlertMark, DoneMark } from "@/ui/icon";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { Pill } from "@/ui/primitives/pill";
import { formatSeconds } from "./duration";
import { laneName } from "./names";
import { deliveries } from "./texts";
import { laneTrouble } from "./troubles";

const COLUMNS: Column<LaneOut>[] = [
  { id: "lane", head: deliveries.lane, card: "title", cell: (row) => <span className="font-medium">{laneName(row.lane)}</span> },
  { id: "due", head: deliveries.due, align: "right", card: "subtitle", cell: (row) => <>{row.due} <span className="sr-only in-[li]:not-sr-only">{deliveries.dueOf}</span></> },
  { id: "later", head: deliveries.later, align: "right", card: "none", room: "medium", cell: (row) => row.open - row.due },
  { id: "failing", head: deliveries.failing, align: "right", card: "none", cell: failingOf },
  { id: "queued", head: deliveries.queued, align: "right", card: "none", room: "wide", cell: (row) => row.queued ?? deliveries.none },
  { id: "places", head: deliveries.places, align: "right", card: "none", room: "medium", cell: (row) => (row.places ? deliveries.shares(row.places.busy, row.places.total) : deliveries.none) },
  { id: "state", head: deliveries.state, card: "value", cell: (row) => <LanePill lane={row} /> },
];

function failingOf({ failing, oldest_failing_seconds: age }: LaneOut): string {
  return failing === 0 ? deliveries.noneFailing : deliveries.failingOf(failing, formatSeconds(age));
}

function LanePill({ lane }: { lane: LaneOut }) {
  const trouble = laneTrouble(lane);
  return trouble ? (
    <Pill icon={AlertMark} tone="warn">
      {trouble}
    </Pill>
  ) : (
    <Pill icon={DoneMark} tone="ok">
      {calmOf(lane)}
    </Pill>
  );
}

function calmOf({ open, due, oldest_due_seconds: lag }: LaneOut): string {
  if (open === 0) return deliveries.empty;
  if (due === 0) return deliveries.noneDue;
  return lag === 0 ? deliveries.underWay : deliveries.dueFor(formatSeconds(lag));
}

/** Shows how much waits in each lane, and for how long. */
export function LanesTable({ lanes }: { lanes: readonly LaneOut[] }) {
  return <DataTable label={deliveries.title} columns={COLUMNS} rows={lanes} rowKey={(row) => row.lane} />;
}
