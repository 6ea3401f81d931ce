import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { HelpPage } from "@/features/help/help-page";
import { guidesOptions } from "@/lib/guides/queries";
import { textParam } from "@/lib/search-params";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/help")({
  staticData: { shape: "guides" },
  validateSearch: (search): { q?: string | undefined } => ({ q: textParam(search.q) }),
  loader: ({ context }) => warm(context.queryClient, guidesOptions()),
  component: Help,
});

function Help() {
  const { q = "" } = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const onQuery = useCallback((text: string) => void navigate({ search: { q: textParam(text) }, replace: true }), [navigate]);
  return <HelpPage query={q} onQuery={onQuery} />;
}
