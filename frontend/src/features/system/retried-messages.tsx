import type { RetriedMessageOut } from "@/api/generated";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { HastenButton } from "./hasten-button";
import { MessageName, nameOf } from "./message-name";
import { reasonText } from "./names";
import { retried, undelivered } from "./texts";

/** Lists messages that failed and are tried again by themselves: why, since when, when next; and tries one now. */
export function RetriedMessages({ messages, total, canHasten }: { messages: readonly RetriedMessageOut[]; total: number; canHasten: boolean }) {
  const columns: Column<RetriedMessageOut>[] = [
    { id: "message", head: undelivered.message, card: "title", cell: (row) => <MessageName message={row} />, className: "whitespace-normal" },
    { id: "reason", head: retried.reason, card: "subtitle", cell: (row) => reasonText(row.reason), className: "whitespace-normal" },
    { id: "organization", head: undelivered.organization, card: "none", room: "wide", cell: (row) => row.organization?.name ?? undelivered.none, className: "text-ink-2 whitespace-normal" },
    { id: "since", head: retried.since, card: "none", room: "medium", cell: (row) => <RelativeTime at={row.created_at} />, className: "text-ink-2 whitespace-nowrap" },
    { id: "next", head: retried.next, card: "status", cell: (row) => <RelativeTime at={row.next_try_at} isAhead />, className: "text-ink-2 whitespace-nowrap" },
    ...(canHasten ? [{ id: "hasten", head: undelivered.action, align: "right" as const, card: "value" as const, cell: (row: RetriedMessageOut) => <HastenButton message={row} name={nameOf(row)} /> }] : []),
  ];
  return (
    <>
      <DataTable label={retried.title} columns={columns} rows={messages} rowKey={(row) => row.id} />
      {total > messages.length && <p className="text-sm text-ink-2">{retried.oldest(messages.length, total)}</p>}
    </>
  );
}
