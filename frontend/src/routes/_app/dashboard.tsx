import { createFileRoute, redirect } from "@tanstack/react-router";
import { DashboardPage } from "@/features/dashboards/dashboard-page";
import { dashboardOptions } from "@/features/dashboards/queries";
import { startFor } from "@/features/frame/navigation";
import { NewProjectButton } from "@/features/projects/new-project-button";
import { ProjectPill } from "@/features/projects/project-status";
import { meOptions } from "@/lib/session/me";
import { startsAt } from "@/lib/session/start-mark";
import { warm } from "@/lib/warm";

const HERE = "/dashboard";

export const Route = createFileRoute("/_app/dashboard")({
  staticData: { shape: "dashboard" },
  loader: async ({ context: { queryClient } }) => {
    const isReaderKnown = queryClient.getQueryData(meOptions().queryKey) !== undefined;
    // Asked together with who is reading, where that is sure to have one: a refusal stands in the audit log.
    if (!isReaderKnown && startsAt(HERE)) warm(queryClient, dashboardOptions());
    const me = await queryClient.query(meOptions());
    const start = startFor(me.permissions);
    if (start !== HERE) throw redirect({ to: start });
    warm(queryClient, dashboardOptions());
  },
  component: Dashboard,
});

function Dashboard() {
  return <DashboardPage primary={<NewProjectButton />} statusOf={(project) => <ProjectPill project={project} />} />;
}
