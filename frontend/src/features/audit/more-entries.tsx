import { useQuery } from "@tanstack/react-query";
import type { AuditEventOut, ListAuditEventsData } from "@/api/generated";
import { listAuditEventsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { TextLink } from "@/ui/primitives/link";
import { subjectOf } from "./record-name";
import { entry } from "./texts";

/** Leads to the entries that have something in common with one. */
export function MoreEntries({ event }: { event: AuditEventOut }) {
  const { record, resource_type: type, resource_id: id, actor_id: actor } = event;
  const isPerson = event.actor_type === "USER" || event.actor_type === "OPERATOR";
  const hasObject = !record && id !== null && id !== actor && (event.subject ?? subjectOf(event)) !== undefined;
  const hasOthers = useHasOthers(event, hasObject ? { resource_type: type, resource_id: id } : undefined);
  const links = [
    // A record has been made before it was changed, and a person has signed in.
    record && { words: entry.sameRecord, id: record.id },
    hasOthers && id !== null && { words: event.subject ? entry.sameAccount : entry.sameRecord, id },
    isPerson && actor !== null && { words: entry.samePerson, id: actor },
  ].filter((link) => typeof link === "object" && link !== null);
  if (links.length === 0) return null;
  return (
    <section className="flex flex-col gap-2 border-t border-line pt-5">
      <h3 className="text-base font-semibold">{entry.more}</h3>
      <ul className="flex flex-col items-start gap-1.5">
        {links.map(({ words, id: common }) => (
          <li key={words}>
            <TextLink to="/audit" search={{ q: common }}>
              {words}
            </TextLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Asks whether other entries than one are of an object. */
function useHasOthers({ id }: AuditEventOut, object: ListAuditEventsData["query"]): boolean {
  const { data } = useQuery({ ...listAuditEventsOptions({ query: { ...object, limit: 2, total: false } }), enabled: object !== undefined });
  return object !== undefined && (data?.items.some((other) => other.id !== id) ?? false);
}
