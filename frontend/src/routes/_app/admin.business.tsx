import { createFileRoute } from "@tanstack/react-router";
import { BusinessPage } from "@/features/business/business-page";
import { businessOptions, taxRatesOptions } from "@/features/business/queries";
import { Gate } from "@/lib/session/gate";
import { warm } from "@/lib/warm";

export const Route = createFileRoute("/_app/admin/business")({
  loader: ({ context }) => {
    warm(context.queryClient, businessOptions());
    warm(context.queryClient, taxRatesOptions());
  },
  component: Business,
});

function Business() {
  return (
    <Gate permission="business:write">
      <BusinessPage />
    </Gate>
  );
}
