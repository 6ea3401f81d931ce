import { useQueries } from "@tanstack/react-query";
import type { AuditEventOut, ListAuditEventsData } from "@/api/generated";
import { listAuditEventsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { TextLink } from "@/ui/primitives/link";
import { subjectOf } from "./record-name";
import { entry } from "./texts";

/** What an entry may have in common with others. */
interface Common {
  words: string;
  id: string;
  /** Asks for them, where there may be none but the entry itself; a project, proposal or invoice has several as a rule. */
  query?: NonNullable<ListAuditEventsData["query"]>;
}

/** Leads to the entries that have something in common with one, where there are any. */
export function MoreEntries({ event }: { event: AuditEventOut }) {
  const commons = commonsOf(event);
  const answers = useQueries({ queries: commons.map(({ query }) => ({ ...listAuditEventsOptions({ query: { ...query, limit: 2 } }), enabled: query !== undefined })) });
  const shared = commons.filter(({ query }, index) => !query || answers[index]?.data?.items.some(({ id }) => id !== event.id));
  if (shared.length === 0) return null;
  return (
    <section className="flex flex-col gap-2 border-t border-line pt-5">
      <h3 className="text-base font-semibold">{entry.more}</h3>
      <ul className="flex flex-col items-start gap-1.5">
        {shared.map(({ words, id }) => (
          <li key={words}>
            <TextLink to="/audit" search={{ q: id }}>
              {words}
            </TextLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

function commonsOf(event: AuditEventOut): Common[] {
  const { record, resource_type: type, resource_id: id, actor_id: actor } = event;
  const hasOwn = id && id !== actor && (event.subject ?? subjectOf(event));
  const isPerson = event.actor_type === "USER" || event.actor_type === "OPERATOR";
  return [
    ...(record ? [{ words: entry.sameRecord, id: record.id }] : []),
    ...(!record && hasOwn ? [{ words: event.subject ? entry.sameAccount : entry.sameRecord, id, query: { resource_type: type, resource_id: id } }] : []),
    ...(isPerson && actor ? [{ words: entry.samePerson, id: actor, query: { actor } }] : []),
  ];
}
