import { Link, linkOptions } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ClientDashboard as Data, MoneyBody, ProjectCard } from "@/api/generated";
import { BusinessContact } from "@/lib/business-contact";
import { useBranding } from "@/lib/face";
import { ChevronRightIcon, Icon, ProjectIcon } from "@/ui/icon";
import { Card } from "@/ui/patterns/card";
import { DataTable, type Column } from "@/ui/patterns/data-table";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { EmptyState } from "@/ui/patterns/empty-state";
import { Money } from "@/ui/patterns/money";
import { MoneyList } from "@/ui/patterns/money-sum";
import { Panel } from "@/ui/patterns/panel";
import { DateTime, RelativeTime } from "@/ui/patterns/relative-time";
import { WithAside } from "@/ui/patterns/with-aside";
import { TextLink } from "@/ui/primitives/link";
import { PathLink } from "@/ui/primitives/path-link";
import { ActivityCard } from "./activity-card";
import { NeedsCard } from "./needs-card";
import { firstDay, invoices, needs, payments, projects } from "./texts";

type Invoice = Data["recent_invoices"][number];

const INVOICES: Column<Invoice>[] = [
  { id: "number", head: invoices.number, card: "title", cell: (row) => <span className="font-mono text-sm whitespace-nowrap">{row.number}</span> },
  { id: "title", head: invoices.subject, card: "subtitle", cell: (row) => row.title },
  { id: "issued", head: invoices.issued, card: "status", room: "medium", cell: (row) => <DateTime at={row.issued_at} /> },
  { id: "total", head: invoices.total, align: "right", card: "value", cell: (row) => <Money value={row.total} /> },
];

/** What waits on me, what is happening, what it costs. */
export function ClientDashboard({ data, statusOf }: { data: Data; statusOf: (project: ProjectCard) => ReactNode }) {
  const business = useBranding();
  if (isFirstDay(data))
    return (
      <Panel>
        <EmptyState icon={ProjectIcon} heading="h2" title={firstDay.title} action={<p className="text-sm text-ink-3"><BusinessContact branding={business} /></p>}>
          {business && firstDay.hint(business.name)}
        </EmptyState>
      </Panel>
    );
  return (
    <>
      <NeedsCard needs={data.needs_you} calm={needs.emptyForClient} />
      <WithAside
        aside={
          <Card title={payments.title}>
            <DefinitionList
              items={[
                { term: payments.paid, value: <Proven values={data.paid} currency={data.currency} proof={data.paid_link} /> },
                { term: payments.open, value: <Proven values={data.open} currency={data.currency} proof={data.open_link} /> },
                ...(data.processing.length > 0 ? [{ term: payments.processing, value: <MoneyList values={data.processing} /> }] : []),
              ]}
            />
          </Card>
        }
      >
        <Card title={projects.title} isFlush aside={<TextLink to="/projects">{projects.all}</TextLink>}>
          {data.projects.length === 0 ? (
            <EmptyState icon={ProjectIcon} title={projects.empty.title}>
              {business && projects.empty.hint(business.name)}
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line">
              {data.projects.map((project) => (
                <ProjectRow key={project.id} project={project} status={statusOf(project)} />
              ))}
            </ul>
          )}
        </Card>
      </WithAside>
      {data.recent_invoices.length > 0 && (
        <section className="flex flex-col gap-3">
          <div className="flex items-baseline justify-between">
            <h2 className="text-base font-semibold">{invoices.title}</h2>
            <TextLink to="/invoices">{invoices.all}</TextLink>
          </div>
          <DataTable
            label={invoices.title}
            columns={INVOICES}
            rows={data.recent_invoices}
            rowKey={(row) => row.id}
            rowLink={(row) => linkOptions({ to: "/invoices/$invoiceId", params: { invoiceId: row.id } })}
          />
        </section>
      )}
      <ActivityCard activities={data.activity} />
    </>
  );
}

/** Nothing was done yet: a page of empty cards would say so four times. */
function isFirstDay({ projects, needs_you, recent_invoices, activity }: Data): boolean {
  return [projects, needs_you, recent_invoices, activity].every((list) => list.length === 0);
}

function ProjectRow({ project, status }: { project: ProjectCard; status: ReactNode }) {
  return (
    <li className="relative flex items-center gap-3 px-5 py-3 hover:bg-hover max-sm:flex-col max-sm:items-start max-sm:gap-1.5 max-sm:px-4">
      <div className="min-w-0 sm:flex-1">
        <Link to="/projects/$projectId" params={{ projectId: project.id }} className="font-medium text-ink no-underline after:absolute after:inset-0">
          {project.title}
        </Link>
        <p className="text-sm text-ink-3">
          {project.code} · {projects.updated} <RelativeTime at={project.updated_at} />
        </p>
      </div>
      {status}
      <Icon of={ChevronRightIcon} className="text-ink-3 max-sm:hidden" />
    </li>
  );
}

/** Writes a sum that leads to the list of what it adds up. */
function Proven({ values, currency, proof }: { values: readonly MoneyBody[]; currency: string; proof: string }) {
  return (
    <PathLink href={proof} className="text-accent hover:text-accent-2 hover:underline">
      <MoneyList values={values.length > 0 ? values : [{ amount: 0, currency }]} />
    </PathLink>
  );
}
