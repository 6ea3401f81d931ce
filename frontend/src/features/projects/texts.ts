import type { ProjectProposalStatus, ProjectStatus } from "@/api/generated";
import { plural } from "@/ui/patterns/plural";
import type { ProjectTab } from "./tabs";

/** What the pages of projects say, in English. */

export const statuses = {
  DRAFT: "Draft",
  PROPOSED: "Proposed",
  APPROVED: "Approved",
  IN_PROGRESS: "In progress",
  COMPLETED: "Completed",
  ARCHIVED: "Archived",
} satisfies Record<ProjectStatus, string>;

/** The same, as a client reads them: nothing was offered yet, so that "draft" would say little. */
export const clientStatuses = { ...statuses, DRAFT: "In preparation" } satisfies Record<ProjectStatus, string>;

type Undecided = Exclude<ProjectProposalStatus, "APPROVED">;

/** What is said in place of "proposed", once a proposal was sent. */
export const proposed = {
  SENT: "Awaiting decision",
  CHANGES_REQUESTED: "Changes requested",
  DECLINED: "Proposal declined",
  EXPIRED: "Proposal expired",
} satisfies Record<Undecided, string>;

/** The state as a filter: it finds all that were proposed. */
export const anyAnswer = "Proposed (any answer)";

/** What clients read of one that was sent: it is theirs to decide, or somebody else's of their organization. */
export const awaitingDecision = { yours: "Awaiting your decision", others: "Awaiting a decision" };

const countOf = (count: number) => plural(count, { zero: "No projects", one: "# project", other: "# projects" });

export const projectList = {
  title: "Projects",
  noun: { one: "project", other: "projects" },
  searched: "Title or code",
  created: "Created",
  empty: {
    title: "No projects yet",
    staff: "A project holds the work you do for one client: its proposals, invoices and workflows.",
    client: (business: string) => `Your first project appears here once ${business} sets it up.`,
  },
};

export const columns = { title: "Project", code: "Code", client: "Client", created: projectList.created, updated: "Updated", status: "Status" };

const ARCHIVED_FOR_CLIENTS = "Clients will see that their project is archived, and can no longer approve or pay its proposals.";

export const bulkArchive = {
  verb: "Archive",
  count: countOf,
  question: (what: string) => `Archive ${what}?`,
  impossible: (chosen: number) => plural(chosen, { one: "This project can’t be archived yet", other: "These projects can’t be archived yet" }),
  description: `${ARCHIVED_FOR_CLIENTS} Projects that aren’t completed stay as they are, and you’ll see which.`,
  /** Of rows that were chosen one by one it is known beforehand. */
  chosen(possible: number, chosen: number): string {
    if (possible === 0) return plural(chosen, { one: "This project isn’t completed. Open it to archive it early.", other: "None of these projects are completed. Open a project to archive it early." });
    if (possible === chosen) return ARCHIVED_FOR_CLIENTS;
    return plural(chosen - possible, {
      one: `${possible} of ${chosen} can be archived; the other isn’t completed. ${ARCHIVED_FOR_CLIENTS}`,
      other: `${possible} of ${chosen} can be archived; the others aren’t completed. ${ARCHIVED_FOR_CLIENTS}`,
    });
  },
};

export const newProject = {
  title: "New project",
  description: "A project groups the work for one client.",
  client: {
    label: "Client",
    hint: "Type part of the client’s name.",
    missing: "Choose a client.",
  },
  name: { label: "Title", missing: "Enter a title." },
  about: { label: "Description", hint: "Appears on the project page, where the client can read it." },
  create: "Create project",
  cancel: "Cancel",
  created: "Project created",
};

export const editProject = {
  verb: "Edit details",
  title: "Edit details",
  description: "The client sees both on the project page.",
  cancel: "Cancel",
  save: "Save changes",
  done: "Project saved",
  outdated: {
    title: (title: string) => `“${title}” was changed while you were editing`,
    hint: "What you entered is still here. Save again to replace what is there now.",
  },
};

export const projectPage = {
  projects: "Projects",
  code: "the project code",
  created: "Created <day></day>",
  progress: "Project status",
  /** One that was not completed first: what it was. */
  archivedFrom: (before: string) => `Archived (was: ${before})`,
  tabs: { overview: "Overview", proposals: "Proposals", invoices: "Invoices", workflows: "Workflows" } satisfies Record<ProjectTab, string>,
  tabList: "Project sections",
  about: "About",
};

export const timeline = {
  title: "Timeline",
  view: "Show",
  all: "Everything",
  client: "What the client sees",
  older: "Show older",
  loading: "Loading",
  empty: { title: "No activity yet", hint: "Proposals, payments and workflows appear here as they happen." },
};

/** The steps that staff take by hand: what the menu offers, what is asked first, and what is said afterwards. */
export const steps = {
  IN_PROGRESS: {
    verb: "Start work",
    question: "Start work on this project?",
    description: (title: string) => `“${title}” moves to “${statuses.IN_PROGRESS}”. The client will see the new status.`,
    done: "Work started",
  },
  COMPLETED: {
    verb: "Complete project",
    question: "Complete this project?",
    description: (title: string) => `“${title}” moves to “${statuses.COMPLETED}”. The client will see the new status.`,
    done: "Project completed",
  },
  ARCHIVED: {
    verb: "Archive project",
    question: "Archive this project?",
    description: (title: string) => `You can’t create new proposals for “${title}” once it is archived. The client will see the new status.`,
    done: "Project archived",
  },
} satisfies Partial<Record<ProjectStatus, object>>;

/** What becomes of the proposal of a project that is archived while its client has something to do with it. */
export const closing = {
  SENT: "The client is still deciding on the proposal. It will be closed, and they can no longer approve it, decline it or request changes.",
  APPROVED: "The approved proposal hasn’t been paid. It will be closed, and the client can no longer pay it. A payment that is already on its way will still arrive.",
};

export const projectMenu = { label: "More project actions", cancel: "Cancel" };

/** Archives what was not completed; why is told to the client, too. */
export const earlyArchive = {
  description: (title: string, status: string) =>
    `The status of “${title}” is “${status}”. You can’t create new proposals for it once it is archived. The client will see the new status and your reason.`,
  reason: { label: "Reason", hint: "For example: the client decided not to go ahead.", missing: "Enter a reason." },
};
