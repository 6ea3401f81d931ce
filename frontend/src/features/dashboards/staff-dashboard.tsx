import type { MoneyBody, StaffDashboard as Data } from "@/api/generated";
import { formatMoney } from "@/ui/patterns/money-format";
import { StatCard, StatRow } from "@/ui/patterns/stat-card";
import { ActivityCard } from "./activity-card";
import { NeedsCard } from "./needs-card";

/** Four numbers that lead to their proof, what needs an operator now, and what happened. */
export function StaffDashboard({ data }: { data: Data }) {
  const { active_projects: projects, proposals_waiting: waiting, revenue, failures } = data;
  return (
    <>
      <StatRow>
        <StatCard label="Active projects" value={projects.count} note={`${projects.new_this_month} started this month`} proof={projects.link} />
        <StatCard label="Proposals waiting" value={waiting.count} note={waiting.worth.length > 0 ? `${sums(waiting.worth, data.currency)} in total` : "None with a client"} proof={waiting.link} />
        <StatCard label="Revenue this month" value={sums(revenue.received, data.currency)} {...compared(revenue.received, revenue.last_month_to_date)} proof={revenue.link} />
        <StatCard
          label="Failures"
          value={failures.count}
          note={failures.count === 0 ? "Everything ran" : `${counted(failures.failed_executions, "failed run")} in 7 days, ${counted(failures.failed_deployments, "failed deployment")}`}
          tone={failures.count === 0 ? "ok" : "bad"}
          proof={failures.link}
        />
      </StatRow>
      <NeedsCard needs={data.needs_you} calm="Nothing needs you right now. Change requests, declined proposals, failures and unmatched payments appear here." />
      <ActivityCard activities={data.activity} />
    </>
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Writes sums of several currencies one after the other, and nothing in the one of the business. */
function sums(values: readonly MoneyBody[], currency: string): string {
  if (values.length === 0) return formatMoney({ amount: 0, currency }, { isRound: true });
  return values.map((value) => formatMoney(value, { isRound: true })).join(", ");
}

/** Sets this month against the same stretch of the last one, where both are of one currency. */
function compared(now: readonly MoneyBody[], before: readonly MoneyBody[]): { note: string; tone: "neutral" | "ok" | "warn" } {
  const [one] = now;
  const [other] = before;
  if (!one || !other || now.length > 1 || before.length > 1 || one.currency !== other.currency || other.amount === 0) return { note: "Received, net of refunds", tone: "neutral" };
  const change = Math.round(((one.amount - other.amount) * 100) / other.amount);
  return { note: `${change >= 0 ? "+" : "−"}${Math.abs(change)}% on last month to date`, tone: change >= 0 ? "ok" : "warn" };
}
