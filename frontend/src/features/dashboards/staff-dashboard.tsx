import type { MoneyBody, StaffDashboard as Data } from "@/api/generated";
import { RoundSums } from "@/ui/patterns/money-sum";
import { RichText } from "@/ui/patterns/rich-text";
import { StatCard, StatRow } from "@/ui/patterns/stat-card";
import { ActivityCard } from "./activity-card";
import { NeedsCard } from "./needs-card";
import { figures, needs } from "./texts";

/** Four numbers that lead to their proof, what needs an operator now, and what happened. */
export function StaffDashboard({ data }: { data: Data }) {
  const { active_projects: projects, proposals_waiting: waiting, revenue, failures } = data;
  return (
    <>
      <StatRow>
        <StatCard label={figures.projects} value={projects.count} note={figures.newProjects(projects.new_this_month)} proof={projects.link} />
        <StatCard label={figures.proposals} value={waiting.count} note={waiting.worth.length > 0 ? <RichText text={figures.worth} parts={{ sum: () => <RoundSums values={waiting.worth} currency={data.currency} /> }} /> : figures.noProposals} proof={waiting.link} />
        <StatCard label={figures.revenue} value={<RoundSums values={revenue.received} currency={data.currency} />} {...compared(revenue.received, revenue.last_month_to_date)} proof={revenue.link} />
        <StatCard label={figures.failing} value={failures.count} note={failed(failures)} tone={failures.count === 0 ? "ok" : "bad"} proof={failures.link} />
      </StatRow>
      <NeedsCard needs={data.needs_you} calm={needs.emptyForStaff} />
      <ActivityCard activities={data.activity} />
    </>
  );
}

/** Tells runs and deployments apart, as far as either failed. The runs of a workflow that was removed since fail no more. */
function failed({ count, failed_executions: runs, failed_deployments: deployments }: Data["failures"]): string {
  if (count === 0) return figures.noFailures;
  const parts = [...(runs > 0 ? [figures.failedRuns(runs)] : []), ...(deployments > 0 ? [figures.failedDeployments(deployments)] : [])];
  return parts.join(", ");
}

/** Sets this month against the same stretch of the last one, where both are of one currency. */
function compared(now: readonly MoneyBody[], before: readonly MoneyBody[]): { note: string; tone: "neutral" | "ok" | "warn" } {
  const [one] = now;
  const [other] = before;
  if (!one || !other || now.length > 1 || before.length > 1 || one.currency !== other.currency || other.amount === 0) return { note: figures.received, tone: "neutral" };
  const change = Math.round(((one.amount - other.amount) * 100) / other.amount);
  return { note: figures.compared(change), tone: change >= 0 ? "ok" : "warn" };
}
