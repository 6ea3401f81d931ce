import type { AuditEventOut } from "@/api/generated";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { formatExact } from "@/ui/patterns/relative-time-format";
import { Copyable } from "@/ui/primitives/copyable";
import { SidePanel } from "@/ui/primitives/dialog";
import { actorText } from "./actor";
import { OutcomePill } from "./audit-columns";
import { entry } from "./texts";

/** Shows one entry with everything that was recorded. */
export function EventPanel({ event, onClose }: { event: AuditEventOut; onClose: () => void }) {
  const id = (value: string | null, label: string) => (value ? <Copyable value={value} label={label} /> : "—");
  return (
    <SidePanel isOpen onOpenChange={onClose} title={event.action} description={formatExact(new Date(event.timestamp))}>
      <div className="flex flex-col gap-5">
        <DefinitionList
          items={[
            { term: entry.outcome, value: <OutcomePill status={event.outcome} /> },
            { term: entry.actor, value: actorText(event) },
            ...(event.actor_email ? [{ term: entry.actorEmail, value: event.actor_email }] : []),
            // The API's reason: words of the code, for those who look for it there or in the log.
            ...(event.actor_type === "SYSTEM" ? [{ term: entry.reason, value: event.actor }] : []),
            { term: entry.actorId, value: id(event.actor_id, entry.copied.actor) },
            { term: entry.resource, value: event.resource_type },
            { term: entry.resourceId, value: id(event.resource_id, entry.copied.resource) },
            { term: entry.organization, value: id(event.org_id, entry.copied.organization) },
            { term: entry.address, value: event.ip_address ?? "—" },
            { term: entry.request, value: id(event.request_id, entry.copied.request) },
          ]}
        />
        <div>
          <p className="mb-1.5 font-medium">{entry.details}</p>
          <pre className="overflow-x-auto rounded-control border border-line bg-sunk p-3 font-mono text-xs whitespace-pre-wrap break-words">{JSON.stringify(event.metadata, null, 2)}</pre>
        </div>
      </div>
    </SidePanel>
  );
}
