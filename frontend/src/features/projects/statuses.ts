import type { ProjectStatus } from "@/api/generated";
import { allInOrder } from "@/lib/all-in-order";

/** The six states of a project, in the order in which it goes. */
export const PROJECT_STATUS_ORDER = allInOrder<ProjectStatus>({ DRAFT: true, PROPOSED: true, APPROVED: true, IN_PROGRESS: true, COMPLETED: true, ARCHIVED: true });
