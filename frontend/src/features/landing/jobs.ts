import { AuditIcon, FlagIcon, LockIcon, OrganizationIcon, ProposalIcon, WorkflowIcon, type IconShape } from "@/ui/icon";

/** The six jobs of the product, as it names them. */
export const JOBS: readonly { icon: IconShape; title: string; text: string; isNext?: boolean }[] = [
  { icon: LockIcon, title: "One login", text: "One account for your staff and your clients, ended in one place. Next: single sign-on by organization, and CapeControl as the identity provider of your apps." },
  { icon: OrganizationIcon, title: "Organizations", text: "Every client in a portal of its own, walled off from the others down to the database row. Next: invitations and plans." },
  { icon: FlagIcon, title: "Control services", text: "An audit log of every act, searched and exported. Next: feature flags and usage events that your apps call with a key." },
  { icon: ProposalIcon, title: "Client work", text: "Projects, proposals, payments, invoices and workflows, seen by your staff and by the client, each in their own portal." },
  { icon: WorkflowIcon, title: "Day One", text: "Turns a founder's blueprint into a new managed app, wired to all of this from its first start.", isNext: true },
  { icon: AuditIcon, title: "Release safety", text: "Migrations that run only on a person's word, with evidence of each. Next: rehearsed restores and stage gates." },
];

/** What people did before, and what they have now. */
export const REPLACED: readonly [string, string][] = [
  ["A proposal in a document, approved in an e-mail thread", "A link: read, approve, pay, with the version and the hour on record"],
  ["Invoices numbered by hand after the payment arrived", "An invoice that exists the moment the payment does, numbered without gaps"],
  ["Asking the agency whether the automation still runs", "The execution log, for the client too"],
  ["A login for each app, forgotten one by one", "One account, ended in one place"],
];
