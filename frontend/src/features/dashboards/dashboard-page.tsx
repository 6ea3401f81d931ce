import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ProjectCard } from "@/api/generated";
import { LoadError } from "@/lib/load-error";
import { useMe } from "@/lib/session/me";
import { formatDay } from "@/ui/patterns/day-format";
import { PageHeader } from "@/ui/patterns/page-header";
import { BodySkeleton } from "@/ui/patterns/page-skeleton";
import { Page, Panel } from "@/ui/patterns/panel";
import { dayOf, readersZone } from "@/ui/patterns/relative-time-format";
import { ClientDashboard } from "./client-dashboard";
import { dashboardOptions } from "./queries";
import { StaffDashboard } from "./staff-dashboard";
import { page } from "./texts";

/** Shows the day at a glance: staff and clients each have their own, and the server says which. */
export function DashboardPage({ primary, statusOf }: { primary: ReactNode; statusOf: (project: ProjectCard) => ReactNode }) {
  const query = useQuery(dashboardOptions());
  const me = useMe();
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
        <BodySkeleton shape={me.organization ? "needs" : "figures"} label={page.loading} />
      ) : query.data.realm === "ADMIN" ? (
        <StaffDashboard data={query.data} />
      ) : (
        <ClientDashboard data={query.data} statusOf={statusOf} />
      )}
    </Page>
  );
}
