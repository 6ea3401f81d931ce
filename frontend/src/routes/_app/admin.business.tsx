import { createFileRoute } from "@tanstack/react-router";
import { BusinessPage } from "@/features/business/business-page";
import { businessOptions, taxRatesOptions } from "@/features/business/queries";
import { BUSINESS_SECTIONS, type BusinessSection } from "@/features/business/sections";
import { Gate } from "@/lib/session/gate";
import { wordParam } from "@/lib/search-params";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/admin/business")({
  staticData: { shape: "settings" },
  validateSearch: (search): { section?: BusinessSection | undefined } => ({ section: wordParam(search.section, BUSINESS_SECTIONS) }),
  loader: ({ context }) => {
    warm(context.queryClient, businessOptions());
    warm(context.queryClient, taxRatesOptions());
  },
  component: Business,
});

function Business() {
  const { section = "identity" } = Route.useSearch();
  return (
    <Gate permission="business:write">
      <BusinessPage section={section} />
    </Gate>
  );
}
