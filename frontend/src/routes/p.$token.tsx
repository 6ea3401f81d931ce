import { createFileRoute } from "@tanstack/react-router";
import { PayButton } from "@/features/billing/pay-button";
import { BrokenLinkPage } from "@/features/frame/broken-link-page";
import { StartError } from "@/features/frame/route-states";
import { sharedProposalOptions } from "@/features/proposals/queries";
import { SharedProposalPage } from "@/features/proposals/shared-page";
import { BusinessMark } from "@/lib/business-mark";
import { useBusinessFace } from "@/lib/face";
import { isStatus } from "@/lib/problem";
import { optionalSession } from "@/lib/session/guards";

export const Route = createFileRoute("/p/$token")({
  beforeLoad: async (route) => {
    return { me: await optionalSession(route) };
  },
  loader: ({ context, params }) => context.queryClient.query(sharedProposalOptions(params.token)),
  errorComponent: (props) => (isStatus(props.error, 404) ? <BrokenLinkPage /> : <StartError {...props} />),
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
      branding={branding}
      mark={<BusinessMark branding={branding} />}
      pay={(own) => <PayButton proposalId={own.id} projectId={own.project_id} total={own.total} />}
    />
  );
}
