import type { AuditEventOut } from "@/api/generated";
import { nameless, onBehalf, services, sides } from "./texts";

/** Says whether a service told what happened; its name is who acted, and no reason. */
export function isService({ actor, actor_type: type }: Pick<AuditEventOut, "actor" | "actor_type">): boolean {
  return type === "SYSTEM" && services[actor] !== undefined;
}

/** Names who acted. What acts by itself is the product, unless a service told it. */
export function actorText({ actor, actor_type: type, metadata }: Pick<AuditEventOut, "actor" | "actor_type" | "metadata">): string {
  if (type === "SYSTEM") {
    const name = services[actor] ?? nameless.SYSTEM;
    return typeof metadata.by === "string" ? onBehalf(name, metadata.by) : name;
  }
  if (type === "ANONYMOUS") return nameless.ANONYMOUS;
  return actor || "—";
}

/** Says on which side somebody acted, if on one. */
export function sideOf({ actor_type: type }: Pick<AuditEventOut, "actor_type">): string | undefined {
  return sides[type];
}
