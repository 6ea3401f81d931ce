import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { AuditEventOut } from "@/api/generated";
import { ChevronRightIcon, CopyIcon, Icon } from "@/ui/icon";
import { DefinitionList, type Definition } from "@/ui/patterns/definition-list";
import { formatExact } from "@/ui/patterns/relative-time-format";
import { Button } from "@/ui/primitives/button";
import { Copyable } from "@/ui/primitives/copyable";
import { SidePanel } from "@/ui/primitives/dialog";
import { actorText, isService, sideOf } from "./actor";
import { OutcomePill } from "./audit-columns";
import { eventDetails, type EventDetail } from "./event-details";
import { Numbered } from "./numbered";
import { MoreEntries } from "./more-entries";
import { RecordName, subjectOf } from "./record-name";
import { entry, explanations } from "./texts";
import { ToldDetail } from "./told-detail";

export interface EventPanelProps {
  event: AuditEventOut;
  onClose: () => void;
  /** Buttons that lead to other entries. */
  tools?: ReactNode;
}

/** Shows one entry with everything that was recorded, and nothing that was not: words first, what programs look for last. */
export function EventPanel({ event, onClose, tools }: EventPanelProps) {
  const { changes, words, codes } = eventDetails(event);
  const explained = explanations[event.action];
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The next entry is read from its beginning.
    if (top.current?.parentElement) top.current.parentElement.scrollTop = 0;
  }, [event.id]);
  return (
    <SidePanel isOpen isRead onOpenChange={onClose} title={<Numbered>{event.title}</Numbered>} tools={tools} footer={<CopyLink event={event} />}>
      <div ref={top} className="flex flex-col gap-6">
        <DefinitionList isColumn items={factsOf(event)} />
        <Section title={entry.changes} details={changes} />
        <Section title={entry.details} details={words}>
          {explained && <p>{explained}</p>}
        </Section>
        <Codes items={[...codesOf(event), ...codes]} />
        <MoreEntries event={event} />
      </div>
    </SidePanel>
  );
}

/** Tells what was recorded below a heading; what is part of one thing stands below its name. */
function Section({ title, details, children }: { title: string; details: readonly EventDetail[]; children?: ReactNode }) {
  if (details.length === 0 && !children) return null;
  const groups = [...new Set(details.map(({ group }) => group))];
  return (
    <section className="flex flex-col gap-3 border-t border-line pt-5">
      <h3 className="text-base font-semibold">{title}</h3>
      {children}
      {groups.map((group) => (
        <div key={group ?? ""} className="flex flex-col gap-2.5">
          {group && <h4 className="mt-1 text-sm font-semibold text-ink-2">{group}</h4>}
          <DefinitionList isColumn items={details.filter((detail) => detail.group === group).map((detail) => ({ term: detail.name, value: <ToldDetail detail={detail} /> }))} />
        </div>
      ))}
    </section>
  );
}

/** What finds the entry in the API and the log, each to be copied; closed until somebody wants it. */
function Codes({ items }: { items: readonly EventDetail[] }) {
  return (
    <details className="group border-t border-line pt-5">
      <summary className="-ml-0.5 flex cursor-pointer list-none items-center gap-1.5 rounded-control text-base font-semibold [&::-webkit-details-marker]:hidden">
        <Icon of={ChevronRightIcon} size="sm" className="text-ink-3 group-open:rotate-90" />
        {entry.codes}
      </summary>
      <dl className="mt-3 flex flex-col gap-3">
        {items.map(({ name, text }) => (
          <div key={name} className="flex flex-col items-start gap-1">
            <dt className="text-sm text-ink-3">{name}</dt>
            <dd className="max-w-full">
              <Copyable value={text} label={name} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Copies the address of an entry, and says so where its reader looks. */
function CopyLink({ event }: { event: AuditEventOut }) {
  const router = useRouter();
  const [said, setSaid] = useState("");
  async function copy() {
    const { href } = router.buildLocation({ to: "/audit", search: { event: event.id } });
    try {
      await navigator.clipboard.writeText(`${window.location.origin}${href}`);
      setSaid(entry.linkCopied);
    } catch {
      // Without HTTPS, or by the reader's settings, a page may not write to the clipboard.
      setSaid(entry.linkNotCopied);
    }
  }
  return (
    <>
      <span role="status" className="mr-auto self-center text-sm text-ink-2">
        {said}
      </span>
      <Button icon={CopyIcon} onClick={() => void copy()}>
        {entry.copyLink}
      </Button>
    </>
  );
}

/** What happened, in words. */
function factsOf(event: AuditEventOut): Definition[] {
  const subject = subjectOf(event);
  return recorded([
    // Whoever used the session a second time is not known.
    { term: event.action === "session.token_reused" ? entry.account : entry.actor, value: <Person name={[actorText(event), sideOf(event)].filter(Boolean).join(" · ")} email={event.actor_email} /> },
    event.subject && event.resource_id !== event.actor_id && { term: entry.account, value: <Person name={event.subject} email={event.subject_email} /> },
    { term: entry.time, value: formatExact(new Date(event.timestamp)) },
    event.ip_address && { term: entry.address, value: event.ip_address },
    event.organization && { term: entry.organization, value: event.organization },
    subject !== undefined && { term: entry.record, value: <RecordName subject={subject} /> },
    { term: entry.outcome, value: <span className="relative top-0.5"><OutcomePill status={event.outcome} /></span> },
  ]);
}

function Person({ name, email }: { name: string; email: string | null }): ReactNode {
  return (
    <span className="flex flex-col">
      <span>{name}</span>
      {email && email !== name && <span className="text-sm break-words text-ink-2">{email}</span>}
    </span>
  );
}

function codesOf(event: AuditEventOut): EventDetail[] {
  return recorded([
    { name: entry.action, text: event.action },
    event.actor_type === "SYSTEM" && !isService(event) && { name: entry.process, text: event.actor },
    { name: entry.resource, text: event.resource_type },
    event.resource_id && { name: entry.resourceId, text: event.resource_id },
    event.actor_id && { name: entry.actorId, text: event.actor_id },
    event.org_id && { name: entry.organizationId, text: event.org_id },
    event.request_id && { name: entry.request, text: event.request_id },
    { name: entry.event, text: event.id },
  ]);
}

function recorded<Item extends object>(items: readonly (Item | "" | false | null)[]): Item[] {
  return items.filter((item) => item !== null && typeof item === "object");
}
