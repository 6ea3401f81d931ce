import { createFileRoute } from "@tanstack/react-router";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";

export const Route = createFileRoute("/_app/dashboard")({ component: Dashboard });

function Dashboard() {
  return (
    <Page>
      <PageHeader title="Dashboard" />
    </Page>
  );
}
