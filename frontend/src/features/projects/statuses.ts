import type { ProjectStatus } from "@/api/generated";

/** The six states of a project, in the order in which it goes. */
export const PROJECT_STATUS_ORDER: readonly ProjectStatus[] = ["DRAFT", "PROPOSED", "APPROVED", "IN_PROGRESS", "COMPLETED", "ARCHIVED"];
