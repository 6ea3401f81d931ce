import { createFileRoute } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { PayButton } from "@/features/billing/pay-button";
import { PaymentResult } from "@/features/billing/payment-result";
import { paymentReturn } from "@/features/billing/texts";
import { BrokenLinkPage } from "@/features/frame/broken-link-page";
import { PersonsPages } from "@/features/frame/persons-pages";
import { StartError } from "@/features/frame/route-states";
import { sharedProposalOptions } from "@/features/proposals/queries";
import { SharedProposalPage } from "@/features/proposals/shared-page";
import { BusinessMark } from "@/lib/business-mark";
import { useBusinessFace } from "@/lib/face";
import { isStatus } from "@/lib/problem";
import { textParam, wordParam } from "@/lib/search-params";
import { optionalSession } from "@/lib/session/guards";
import { ButtonLink } from "@/ui/primitives/link";

// The proposal itself comes first, and whoever reads it without an account needs no more.
const LinkReader = lazy(() => import("@/routes/-link-reader"));

export const Route = createFileRoute("/p/$token")({
  validateSearch: (search): { payment_intent_id?: string | undefined; payment?: "cancelled" | undefined } => ({
    payment_intent_id: textParam(search.payment_intent_id),
    payment: wordParam(search.payment, ["cancelled"]),
  }),
  beforeLoad: async (route) => {
    return { me: await optionalSession(route) };
  },
  loader: ({ context, params }) => context.queryClient.query(sharedProposalOptions(params.token)),
  errorComponent: (props) => (isStatus(props.error, 404) ? <BrokenLinkPage /> : <StartError {...props} />),
  component: Shared,
});

function Shared() {
  const { token } = Route.useParams();
  const { payment_intent_id: paymentIntentId, payment } = Route.useSearch();
  const { me } = Route.useRouteContext();
  const branding = useBusinessFace();
  const page = (
    <SharedProposalPage
      token={token}
      me={me}
      branding={branding}
      mark={<BusinessMark branding={branding} />}
      paid={
        me && paymentIntentId ? (
          <PaymentResult
            paymentIntentId={paymentIntentId}
            back={
              <ButtonLink to="/p/$token" params={{ token }} replace>
                {paymentReturn.back}
              </ButtonLink>
            }
          />
        ) : null
      }
      pay={(own) => <PayButton proposal={own} link={token} isBack={payment === "cancelled"} />}
    />
  );
  if (!me) return page;
  return (
    <PersonsPages>
      {page}
      <Suspense>
        <LinkReader me={me} />
      </Suspense>
    </PersonsPages>
  );
}
