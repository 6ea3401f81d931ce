import type { AuditEventOut } from "@/api/generated";
import { TextLink } from "@/ui/primitives/link";
import { entry } from "./texts";

/** Leads to the entries that have something in common with one. */
export function MoreEntries({ event: { request_id: request, resource_id: resource, actor_id: actor } }: { event: AuditEventOut }) {
  const common = [
    { words: entry.sameRequest, id: request },
    { words: entry.sameRecord, id: resource === actor ? null : resource },
    { words: entry.samePerson, id: actor },
  ].filter((one): one is { words: string; id: string } => Boolean(one.id));
  if (common.length === 0) return null;
  return (
    <section className="flex flex-col gap-2 border-t border-line pt-5">
      <h3 className="text-base font-semibold">{entry.more}</h3>
      <ul className="flex flex-col items-start gap-1.5">
        {common.map(({ words, id }) => (
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
