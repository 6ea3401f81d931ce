import { createFileRoute, redirect } from "@tanstack/react-router";
import { DashboardPage } from "@/features/dashboards/dashboard-page";
import { dashboardOptions } from "@/features/dashboards/queries";
import { NewProjectButton } from "@/features/projects/new-project-button";
import { ProjectPill } from "@/features/projects/project-status";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/dashboard")({
  beforeLoad: async ({ context }) => {
    // Loaded with the app, not with every page: a visitor's first page needs neither.
    const [{ meOptions }, { placesFor }] = await Promise.all([import("@/lib/session/me"), import("@/features/frame/navigation")]);
    const me = await context.queryClient.query(meOptions());
    // Not everybody has a dashboard: an auditor starts at the audit log.
    const [first] = placesFor(me.permissions);
    if (first?.label !== "Dashboard") throw redirect({ to: first?.path ?? "/settings/profile" });
  },
  loader: ({ context }) => warm(context.queryClient, dashboardOptions()),
  component: Dashboard,
});

function Dashboard() {
  return <DashboardPage primary={<NewProjectButton />} statusOf={(project) => <ProjectPill status={project.status} />} />;
}
