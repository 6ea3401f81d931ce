import { createFileRoute } from "@tanstack/react-router";
import { PayButton } from "@/features/billing/pay-button";
import { StartError } from "@/features/frame/route-states";
import { sharedProposalOptions } from "@/features/proposals/queries";
import { SharedProposalPage } from "@/features/proposals/shared-page";
import { BusinessMark } from "@/lib/business-mark";
import { useBusinessFace } from "@/lib/face";
import { optionalSession } from "@/lib/session/guards";

export const Route = createFileRoute("/p/$token")({
  beforeLoad: async (route) => {
    return { me: await optionalSession(route) };
  },
  loader: ({ context, params }) => context.queryClient.query(sharedProposalOptions(params.token)),
  errorComponent: StartError,
  component: Shared,
});

function Shared() {
  const { token } = Route.useParams();
  const { me } = Route.useRouteContext();
  const branding = useBusinessFace();
  return (
    <SharedProposalPage
      token={token}
      me={me}
      mark={<BusinessMark branding={branding} />}
      pay={(own) => <PayButton proposalId={own.id} projectId={own.project_id} total={own.total} />}
    />
  );
}
