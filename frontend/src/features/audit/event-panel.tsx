import type { AuditEventOut } from "@/api/generated";
import { cx } from "@/ui/class-names";
import { DefinitionList, type Definition } from "@/ui/patterns/definition-list";
import { formatExact } from "@/ui/patterns/relative-time-format";
import { Copyable } from "@/ui/primitives/copyable";
import { SidePanel } from "@/ui/primitives/dialog";
import { actorText, isService } from "./actor";
import { OutcomePill } from "./audit-columns";
import { eventDetails, type EventDetail } from "./event-details";
import { entry, record } from "./texts";
import { useRecordLink } from "./use-record-link";

/** Shows one entry with everything that was recorded, and nothing that was not. */
export function EventPanel({ event, onClose }: { event: AuditEventOut; onClose: () => void }) {
  const { words, codes } = eventDetails(event);
  const link = useRecordLink(event);
  return (
    <SidePanel isOpen onOpenChange={onClose} title={event.title} description={formatExact(new Date(event.timestamp))}>
      <div className="flex flex-col gap-6">
        <DefinitionList isColumn items={[...factsOf(event), ...(link ? [{ term: record.term, value: link }] : [])]} />
        {words.length > 0 && <Part title={entry.details} items={words.map(definitionOf)} />}
        <Part title={entry.codes} items={[...codesOf(event), ...codes.map(definitionOf)]} />
      </div>
    </SidePanel>
  );
}

const CODE = "font-mono text-sm break-all";

function definitionOf({ name, text, isCode }: EventDetail): Definition {
  return { term: name, value: <span className={cx("whitespace-pre-wrap", isCode && CODE)}>{text}</span> };
}

function Part({ title, items }: { title: string; items: readonly Definition[] }) {
  return (
    <section className="flex flex-col gap-3 border-t border-line pt-5">
      <h3 className="text-base font-semibold">{title}</h3>
      <DefinitionList isColumn items={items} />
    </section>
  );
}

/** What happened, in words. */
function factsOf(event: AuditEventOut): Definition[] {
  return recorded([
    { term: entry.outcome, value: <OutcomePill status={event.outcome} /> },
    { term: entry.actor, value: actorText(event) },
    event.actor_email && { term: entry.actorEmail, value: event.actor_email },
    event.organization && { term: entry.organization, value: event.organization },
    event.ip_address && { term: entry.address, value: event.ip_address },
  ]);
}

/** What finds it in the API and the log. */
function codesOf(event: AuditEventOut): Definition[] {
  const code = (value: string) => <span className={CODE}>{value}</span>;
  const id = (value: string, label: string) => <Copyable value={value} label={label} />;
  return recorded([
    { term: entry.action, value: code(event.action) },
    event.actor_type === "SYSTEM" && !isService(event) && { term: entry.reason, value: code(event.actor) },
    { term: entry.resource, value: code(event.resource_type) },
    event.resource_id && { term: entry.resourceId, value: id(event.resource_id, entry.copied.resource) },
    event.actor_id && { term: entry.actorId, value: id(event.actor_id, entry.copied.actor) },
    event.org_id && { term: entry.organizationId, value: id(event.org_id, entry.copied.organization) },
    event.request_id && { term: entry.request, value: id(event.request_id, entry.copied.request) },
    { term: entry.event, value: id(event.id, entry.copied.event) },
  ]);
}

function recorded(items: readonly (Definition | "" | false | null)[]): Definition[] {
  return items.filter((item) => item !== null && typeof item === "object");
}
