import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { reviveDeadLetters, type DeadLetterOut } from "@/api/generated";
import { countOf, ListView } from "@/lib/list-view";
import { toApiError } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { CheckIcon, RetryIcon } from "@/ui/icon";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { Button } from "@/ui/primitives/button";
import { Checkbox } from "@/ui/primitives/checkbox";
import { Notice } from "@/ui/primitives/notice";
import { useToast } from "@/ui/primitives/toast";
import { changedByRevival } from "./changes";
import { CodeName } from "./code-name";
import { DeadLetterPanel } from "./dead-letter-panel";
import { deadLettersOptions } from "./queries";
import { reasonText } from "./words";

export interface DeadLettersProps {
  page: number | undefined;
  onPage: (page: number) => void;
  canRevive: boolean;
}

/** Lists the messages that were given up, and tries them again: one, or those that are ticked. */
export function DeadLetters({ page, onPage, canRevive }: DeadLettersProps) {
  const query = useQuery(deadLettersOptions(page));
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<DeadLetterOut>();
  const refresh = useRefresh();
  const toast = useToast();
  const shown = query.data?.items ?? [];
  const chosen = shown.filter(({ id }) => ticked.has(id)).map(({ id }) => id);
  const revive = useMutation({
    mutationFn: async (ids: string[]) => (await reviveDeadLetters({ body: { ids }, throwOnError: true })).data,
    onSuccess: async ({ revived }) => {
      setTicked(new Set());
      await refresh(changedByRevival());
      toast(revivedText(revived));
    },
  });
  const tick = (id: string, isTicked: boolean) => setTicked(new Set(isTicked ? [...ticked, id] : [...ticked].filter((other) => other !== id)));
  const tickAll = (isTicked: boolean) => setTicked(new Set(isTicked ? shown.map(({ id }) => id) : []));
  const columns: Column<DeadLetterOut>[] = [
    ...(canRevive
      ? [{ id: "tick", head: "Select", card: "title" as const, className: "w-0", cell: (row: DeadLetterOut) => <Tick letter={row} isTicked={ticked.has(row.id)} onTick={(isTicked) => tick(row.id, isTicked)} /> }]
      : []),
    { id: "consumer", head: "Message", card: "title", cell: (row) => <Message letter={row} onOpen={() => setOpened(row)} /> },
    { id: "reason", head: "Reason", card: "subtitle", cell: (row) => reasonText(row.reason) },
    { id: "organization", head: "Organization", card: "none", cell: (row) => <span className="line-clamp-2" title={row.organization?.name}>{row.organization?.name ?? "—"}</span>, className: "text-ink-2" },
    { id: "attempts", head: "Attempts", align: "right", card: "none", room: "wide", cell: (row) => row.attempts },
    { id: "died", head: "Given up", card: "status", cell: (row) => <RelativeTime at={row.died_at} />, className: "text-ink-2" },
    ...(canRevive
      ? [
          {
            id: "revive", head: "Action", align: "right" as const, card: "value" as const,
            cell: (row: DeadLetterOut) => (
              <Button isBusy={revive.isPending && revive.variables.includes(row.id)} onClick={() => revive.mutate([row.id])} aria-label={`Try again: ${row.consumer}`}>
                Try again
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <div className="flex flex-col gap-4">
      {revive.error && (
        <div ref={bringIntoView} className="scroll-mt-24">
          <Notice tone="bad" title={revive.variables.length === 1 ? "This message could not be tried again" : "These messages could not be tried again"}>{toApiError(revive.error).detail}</Notice>
        </div>
      )}
      {canRevive && shown.length > 1 && (
        <div className="flex flex-wrap items-center gap-4">
          <Checkbox label="Select all on this page" checked={chosen.length === shown.length} onChange={(event) => tickAll(event.target.checked)} />
          <Button icon={RetryIcon} isBusy={revive.isPending && revive.variables.length > 1} disabled={chosen.length === 0} onClick={() => revive.mutate(chosen)}>
            {chosen.length === 0 ? "Try selected again" : `Try ${chosen.length} again`}
          </Button>
          <span className="tabular ml-auto text-sm text-ink-2">{countOf(query.data)}</span>
        </div>
      )}
      <ListView
        query={query}
        noun="messages"
        onPage={onPage}
        empty={
          <EmptyState icon={CheckIcon} title="Everything was delivered">
            A message that fails twelve times in about three days, or cannot succeed, appears here with its reason.
          </EmptyState>
        }
      >
        {(rows) => <DataTable label="Undelivered messages" columns={columns} rows={rows} rowKey={(row) => row.id} />}
      </ListView>
      {opened && <DeadLetterPanel letter={opened} onClose={() => setOpened(undefined)} />}
    </div>
  );
}

/** The act may be far down the list; why it failed must be seen all the same. */
function bringIntoView(box: HTMLElement | null): void {
  box?.scrollIntoView({ block: "nearest" });
}

function revivedText(revived: number): string {
  if (revived === 0) return "Somebody else has already tried this again";
  return revived === 1 ? "The message will be tried again" : `${revived} messages will be tried again`;
}

/** Tells a message from others of its kind, to whoever hears one control of a row alone. */
function nameOf({ consumer, organization }: DeadLetterOut): string {
  return organization ? `${consumer} of ${organization.name}` : consumer;
}

/** Names the message, and opens it; on a card its organization is named, too, which has no column there. */
function Message({ letter, onOpen }: { letter: DeadLetterOut; onOpen: () => void }) {
  return (
    <>
      <button type="button" onClick={onOpen} aria-label={`Open ${nameOf(letter)}`} className="pointer-coarse:control-height text-left text-accent hover:underline">
        <CodeName name={letter.consumer} />
      </button>
      {letter.organization && <span className="line-clamp-2 text-sm font-normal text-ink-2 lg:hidden">{letter.organization.name}</span>}
    </>
  );
}

function Tick({ letter, isTicked, onTick }: { letter: DeadLetterOut; isTicked: boolean; onTick: (isTicked: boolean) => void }) {
  return (
    <Checkbox
      label={<span className="sr-only">{`Select ${nameOf(letter)}`}</span>}
      checked={isTicked}
      onChange={(event) => onTick(event.target.checked)}
    />
  );
}
