import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ProjectCard } from "@/api/generated";
import { LoadError } from "@/lib/load-error";
import { formatDay } from "@/ui/patterns/day-format";
import { Page, Panel } from "@/ui/patterns/panel";
import { PageHeader } from "@/ui/patterns/page-header";
import { dayOf, readersZone } from "@/ui/patterns/relative-time-format";
import { StatCardSkeleton, StatRow } from "@/ui/patterns/stat-card";
import { Skeleton } from "@/ui/primitives/skeleton";
import { ClientDashboard } from "./client-dashboard";
import { dashboardOptions } from "./queries";
import { StaffDashboard } from "./staff-dashboard";
import { page } from "./texts";

/** Shows the day at a glance: staff and clients each have their own, and the server says which. */
export function DashboardPage({ primary, statusOf }: { primary: ReactNode; statusOf: (project: ProjectCard) => ReactNode }) {
  const query = useQuery(dashboardOptions());
  const zone = readersZone().replaceAll("_", " ");
  const today = formatDay(dayOf(new Date()));
  return (
    <Page>
      <PageHeader title={page.title} facts={page.today(today, zone)} actions={primary} />
      {query.isError && !query.data ? (
        <Panel>
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      ) : !query.data ? (
        <DashboardSkeleton />
      ) : query.data.realm === "ADMIN" ? (
        <StaffDashboard data={query.data} />
      ) : (
        <ClientDashboard data={query.data} statusOf={statusOf} />
      )}
    </Page>
  );
}

function DashboardSkeleton() {
  return (
    <div role="status" aria-label={page.loading} className="flex flex-col gap-6">
      <StatRow>
        {[1, 2, 3, 4].map((card) => (
          <StatCardSkeleton key={card} />
        ))}
      </StatRow>
      <div className="flex flex-col gap-4 rounded-card border border-line bg-surface p-5">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-4 w-full" />
        <Skeleton className="h-4 w-full" />
      </div>
    </div>
  );
}
