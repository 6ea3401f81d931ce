import { useRouter } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import type { AuditEventOut } from "@/api/generated";
import { ChevronRightIcon, CopyIcon, Icon } from "@/ui/icon";
import { DefinitionList, type Definition } from "@/ui/patterns/definition-list";
import { formatExact } from "@/ui/patterns/relative-time-format";
import { Button } from "@/ui/primitives/button";
import { Copyable } from "@/ui/primitives/copyable";
import { SidePanel } from "@/ui/primitives/dialog";
import { actorText, isService, titleText } from "./actor";
import { EventOutcome } from "./audit-columns";
import { eventDetails, type EventDetail } from "./event-details";
import { entry, record } from "./texts";
import { useRecordLink } from "./use-record-link";

/** From here on what was and what is are read below each other. */
const SHORT = 48;

/** Shows one entry with everything that was recorded, and nothing that was not: words first, what programs look for last. */
export function EventPanel({ event, onClose }: { event: AuditEventOut; onClose: () => void }) {
  const { words, codes } = eventDetails(event);
  const link = useRecordLink(event);
  return (
    <SidePanel isOpen onOpenChange={onClose} title={titleText(event)} description={formatExact(new Date(event.timestamp))} footer={<CopyLink event={event} />}>
      <div className="flex flex-col gap-6">
        <DefinitionList isColumn items={[...factsOf(event), ...(link ? [{ term: record.term, value: link }] : [])]} />
        {words.length > 0 && (
          <section className="flex flex-col gap-3 border-t border-line pt-5">
            <h3 className="text-base font-semibold">{entry.details}</h3>
            <DefinitionList isColumn items={words.map((detail) => ({ term: detail.name, value: <Told detail={detail} /> }))} />
          </section>
        )}
        <Codes items={[...codesOf(event), ...codes]} />
      </div>
    </SidePanel>
  );
}

/** Tells one member: what it is, or what it was and became. */
function Told({ detail: { was, text } }: { detail: EventDetail }) {
  if (was === undefined) return <span className="whitespace-pre-wrap">{text}</span>;
  if (was.length + text.length <= SHORT && !(was + text).includes("\n")) return `${was} → ${text}`;
  return (
    <span className="flex flex-col gap-2">
      <Side name={entry.before}>{was}</Side>
      <Side name={entry.after}>{text}</Side>
    </span>
  );
}

function Side({ name, children }: { name: string; children: string }) {
  return (
    <span className="flex flex-col">
      <span className="text-sm text-ink-3">{name}</span>
      <span className="whitespace-pre-wrap">{children}</span>
    </span>
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
  return recorded([
    { term: entry.outcome, value: <EventOutcome event={event} /> },
    { term: entry.actor, value: <Person name={actorText(event)} email={event.actor_email} /> },
    event.subject && event.resource_id !== event.actor_id && { term: entry.account, value: <Person name={event.subject} email={event.subject_email} /> },
    event.organization && { term: entry.organization, value: event.organization },
    event.ip_address && { term: entry.address, value: event.ip_address },
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
