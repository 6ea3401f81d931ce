import type { LaneOut } from "@/api/generated";
import { AlertMark, DoneMark } from "@/ui/icon";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { Pill } from "@/ui/primitives/pill";
import { laneTrouble } from "./troubles";
import { formatSeconds, laneWord } from "./words";

const COLUMNS: Column<LaneOut>[] = [
  { id: "lane", head: "Lane", card: "title", cell: (row) => <span className="font-medium">{laneWord(row.lane)}</span> },
  { id: "due", head: "Due", align: "right", card: "subtitle", cell: (row) => <>{row.due} <span className="lg:sr-only">due</span></> },
  { id: "later", head: "Retrying later", align: "right", card: "none", room: "medium", cell: (row) => row.open - row.due },
  { id: "failing", head: "Failing", align: "right", card: "none", cell: failingOf },
  { id: "queued", head: "Queued", align: "right", card: "none", room: "wide", cell: (row) => row.queued ?? "—" },
  { id: "places", head: "Being delivered", align: "right", card: "none", room: "medium", cell: (row) => (row.places ? `${row.places.busy} of ${row.places.total}` : "—") },
  { id: "state", head: "Status", card: "value", cell: (row) => <LanePill lane={row} /> },
];

function failingOf({ failing, oldest_failing_seconds: age }: LaneOut): string {
  return failing === 0 ? "None" : `${failing}, the oldest for ${formatSeconds(age)}`;
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
  if (open === 0) return "Nothing waiting";
  if (due === 0) return "Nothing due";
  return lag === 0 ? "Being delivered" : `Due for ${formatSeconds(lag)}`;
}

/** Shows how much waits in each lane, and for how long. */
export function LanesTable({ lanes }: { lanes: readonly LaneOut[] }) {
  return <DataTable label="Deliveries" columns={COLUMNS} rows={lanes} rowKey={(row) => row.lane} />;
}
