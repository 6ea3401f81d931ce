import type { AuditEventOut } from "@/api/generated";

/** How people are told apart; who is none of these is named without a word beside it. */
const SIDES: Partial<Record<AuditEventOut["actor_type"], string>> = { OPERATOR: "Staff", USER: "Member", APP: "App" };

/** Names who acted and for which side: "Naledi Dlamini · Staff". What acts by itself is the product. */
export function actorText({ actor, actor_type: type }: Pick<AuditEventOut, "actor" | "actor_type">): string {
  if (type === "SYSTEM") return "CapeControl";
  if (type === "ANONYMOUS") return "Not signed in";
  return [actor, SIDES[type]].filter(Boolean).join(" · ") || "—";
}
