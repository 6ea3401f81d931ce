import { AuditIcon, FlagIcon, LockIcon, OrganizationIcon, ProposalIcon, WorkflowIcon, type IconShape } from "@/ui/icon";

/** The six jobs of the product, as it names them. */
export const JOBS: readonly { icon: IconShape; title: string; text: string }[] = [
  { icon: LockIcon, title: "One login", text: "For every app you run: password, single sign-on by organization, and CapeControl itself as the identity provider." },
  { icon: OrganizationIcon, title: "Organizations", text: "Plans, members, roles, invitations, sessions and suspension, walled off from each other down to the database row." },
  { icon: FlagIcon, title: "Control services", text: "Feature flags, usage events and audit logs that your apps call with a key." },
  { icon: ProposalIcon, title: "Client work", text: "Projects, proposals, payments, invoices and workflows, seen by your staff and by the client, each in their own portal." },
  { icon: WorkflowIcon, title: "Day One", text: "Turns a founder's blueprint into a new managed app, wired to all of this from its first start." },
  { icon: AuditIcon, title: "Release safety", text: "Guarded migrations, API diffs, restores that are rehearsed, and evidence for each stage." },
];

/** What people did before, and what they have now. */
export const REPLACED: readonly [string, string][] = [
  ["A proposal in a document, approved in an e-mail thread", "A link: read, approve, pay, with the version and the hour on record"],
  ["Invoices numbered by hand after the payment arrived", "An invoice that exists the moment the payment does, numbered without gaps"],
  ["Asking the agency whether the automation still runs", "The execution log, for the client too"],
  ["A login for each app, forgotten one by one", "One account, ended in one place"],
];
