import type { Outcome } from "@/api/generated";

/** How an act can end. */
export const OUTCOMES: readonly Outcome[] = ["SUCCESS", "FAILURE", "DENIED"];
