import type { AuditEventOut } from "@/api/generated";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { formatExact } from "@/ui/patterns/relative-time-format";
import { Copyable } from "@/ui/primitives/copyable";
import { SidePanel } from "@/ui/primitives/dialog";
import { actorText } from "./actor";
import { OutcomePill } from "./audit-columns";

/** Shows one entry with everything that was recorded. */
export function EventPanel({ event, onClose }: { event: AuditEventOut; onClose: () => void }) {
  const id = (value: string | null, label: string) => (value ? <Copyable value={value} label={label} /> : "—");
  return (
    <SidePanel isOpen onOpenChange={onClose} title={event.action} description={formatExact(new Date(event.timestamp))}>
      <div className="flex flex-col gap-5">
        <DefinitionList
          items={[
            { term: "Outcome", value: <OutcomePill status={event.outcome} /> },
            { term: "Actor", value: actorText(event) },
            ...(event.actor_email ? [{ term: "Actor's address", value: event.actor_email }] : []),
            // The API's reason: words of the code, for those who look for it there or in the log.
            ...(event.actor_type === "SYSTEM" ? [{ term: "Reason", value: event.actor }] : []),
            { term: "Actor's id", value: id(event.actor_id, "the actor's id") },
            { term: "Resource", value: event.resource_type },
            { term: "Resource's id", value: id(event.resource_id, "the resource's id") },
            { term: "Organization", value: id(event.org_id, "the organization's id") },
            { term: "IP address", value: event.ip_address ?? "—" },
            { term: "Request", value: id(event.request_id, "the request id") },
          ]}
        />
        <div>
          <p className="mb-1.5 font-medium">Details</p>
          <pre className="overflow-x-auto rounded-control border border-line bg-sunk p-3 font-mono text-xs whitespace-pre-wrap break-words">{JSON.stringify(event.metadata, null, 2)}</pre>
        </div>
      </div>
    </SidePanel>
  );
}
