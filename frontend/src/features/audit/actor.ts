import type { AuditEventOut } from "@/api/generated";
import { about, nameless, onBehalf, services, sides } from "./texts";

/** Says whether a service told what happened; its name is who acted, and no reason. */
export function isService({ actor, actor_type: type }: Pick<AuditEventOut, "actor" | "actor_type">): boolean {
  return type === "SYSTEM" && services[actor] !== undefined;
}

/** Names who acted and for which side: "Naledi Dlamini · Staff". What acts by itself is the product, unless a service told it. */
export function actorText({ actor, actor_type: type, metadata }: Pick<AuditEventOut, "actor" | "actor_type" | "metadata">): string {
  if (type === "SYSTEM") {
    const name = services[actor] ?? nameless.SYSTEM;
    return typeof metadata.by === "string" ? onBehalf(name, metadata.by) : name;
  }
  if (type === "ANONYMOUS") return nameless.ANONYMOUS;
  return [actor, sides[type]].filter(Boolean).join(" · ") || "—";
}

/** Names who acted where there is little room; who is of an organization stands beside its name, and needs no word for it. */
export function actorName(event: Pick<AuditEventOut, "actor" | "actor_type" | "metadata">): string {
  return event.actor_type === "USER" && event.actor ? event.actor : actorText(event);
}

/** Says what was done, and to whose account where that is not the actor's own. */
export function titleText({ title, actor_id: actor, subject, resource_id: account }: Pick<AuditEventOut, "title" | "actor_id" | "subject" | "resource_id">): string {
  return subject && account !== actor ? about(title, subject) : title;
}
