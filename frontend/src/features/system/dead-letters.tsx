import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { exportDeadLetters, type DeadLetterOut } from "@/api/generated";
import { exportQuery } from "@/lib/list/address";
import type { BulkAction } from "@/lib/list/bulk-actions";
import type { FilterPart } from "@/lib/list/filter-parts";
import { List } from "@/lib/list/list";
import { CheckIcon, RetryIcon } from "@/ui/icon";
import type { Column } from "@/ui/patterns/data-column";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { DeadLetterPanel } from "./dead-letter-panel";
import type { LetterFilter, LetterSort } from "./list";
import { MessageName, nameOf } from "./message-name";
import { consumerName, reasonText } from "./names";
import { deadLettersOptions } from "./queries";
import { ReviveButton } from "./revive-button";
import { revival, undelivered } from "./texts";

export interface DeadLettersProps {
  filter: LetterFilter;
  onFilter: (filter: LetterFilter) => void;
  canRevive: boolean;
  /** Whether messages failed that are tried again: then not every message was delivered. */
  isRetrying: boolean;
}

/** Lists the messages that were given up, and tries them again: one, or those that are chosen. */
export function DeadLetters({ filter, onFilter, canRevive, isRetrying }: DeadLettersProps) {
  const query = useQuery(deadLettersOptions(filter));
  const [opened, setOpened] = useState<DeadLetterOut>();
  const columns: Column<DeadLetterOut, LetterSort>[] = [
    { id: "consumer", head: undelivered.message, card: "title", cell: (row) => <MessageName message={row} open={(words) => <Opener letter={row} onOpen={() => setOpened(row)}>{words}</Opener>} />, className: "whitespace-normal" },
    { id: "reason", head: undelivered.reason, card: "subtitle", room: "medium", cell: (row) => <span className="whitespace-normal">{reasonText(row.reason)}</span> },
    { id: "organization", head: undelivered.organization, card: "none", room: "wide", cell: (row) => <span className="line-clamp-2" title={row.organization?.name}>{row.organization?.name ?? undelivered.none}</span>, className: "text-ink-2" },
    { id: "attempts", head: undelivered.attempts, align: "right", card: "none", room: "wide", cell: (row) => row.attempts },
    { id: "died", head: undelivered.died, sort: "-dead_at", card: "status", cell: (row) => <RelativeTime at={row.died_at} />, className: "text-ink-2 whitespace-nowrap" },
    ...(canRevive ? [{ id: "revive", head: undelivered.action, align: "right" as const, card: "value" as const, cell: (row: DeadLetterOut) => <ReviveButton letter={row} name={nameOf(row)} /> }] : []),
  ];
  return (
    <>
      <List
        label={undelivered.title}
        noun={undelivered.noun}
        filters={consumerFilter(query.data?.items ?? [], filter.consumer)}
        columns={columns}
        defaultSort="-dead_at"
        query={query}
        filter={filter}
        onFilter={onFilter}
        exported={{ name: "undelivered-messages.csv", load: () => exportDeadLetters({ query: exportQuery(filter), parseAs: "blob", throwOnError: true }) }}
        rowKey={(row) => row.id}
        bulk={canRevive ? { actions: [REVIVE], nameOf } : undefined}
        empty={
          <EmptyState icon={CheckIcon} title={isRetrying ? undelivered.empty.retryingTitle : undelivered.empty.title}>
            {undelivered.empty.hint}
          </EmptyState>
        }
      />
      {opened && <DeadLetterPanel letter={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

/** Narrows to one kind of message: those of the page, and the one that the address names. */
function consumerFilter(letters: readonly DeadLetterOut[], named: string | undefined): readonly FilterPart<LetterFilter>[] {
  const consumers = [...new Set([...letters.map(({ consumer }) => consumer), ...(named ? [named] : [])])].sort();
  if (consumers.length === 0) return [];
  return [{ kind: "choice", key: "consumer", label: undelivered.message, options: consumers.map((value) => ({ value, label: consumerName(value) })) }];
}

const REVIVE: BulkAction = {
  kind: "dead_letters.revive",
  verb: revival.verb,
  icon: RetryIcon,
  count: revival.count,
  question: (what) => ({ title: revival.question(what), description: revival.hint }),
  isHarmless: true,
};

/** Opens the message by what it does. */
function Opener({ letter, onOpen, children }: { letter: DeadLetterOut; onOpen: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={onOpen} aria-label={undelivered.open(nameOf(letter))} className="pointer-coarse:control-height text-left text-accent hover:underline">
      {children}
    </button>
  );
}
