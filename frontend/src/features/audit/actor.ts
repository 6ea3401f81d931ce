import type { AuditEventOut } from "@/api/generated";
import { nameless, sides } from "./texts";

/** Names who acted and for which side: "Naledi Dlamini · Staff". What acts by itself is the product. */
export function actorText({ actor, actor_type: type }: Pick<AuditEventOut, "actor" | "actor_type">): string {
  if (type === "SYSTEM" || type === "ANONYMOUS") return nameless[type];
  return [actor, sides[type]].filter(Boolean).join(" · ") || "—";
}
