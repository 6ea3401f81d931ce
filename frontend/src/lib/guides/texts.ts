import type { Audience } from "@/api/generated";

/** For whom guides are written, in English. */
export const audiences: Record<Audience, string> = { CLIENT: "For clients", STAFF: "For staff", OPERATOR: "Running CapeControl" };
