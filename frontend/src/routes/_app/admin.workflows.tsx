import { createFileRoute } from "@tanstack/react-router";
import { PageHeader } from "@/ui/patterns/page-header";

export const Route = createFileRoute("/_app/admin/workflows")({ component: () => <PageHeader title="Workflows" /> });
