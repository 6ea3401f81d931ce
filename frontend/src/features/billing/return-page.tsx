import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { PaymentResult } from "./payment-result";
import { paymentReturn } from "./texts";

/** Where a payer comes back to from the payment page. */
export function ReturnPage({ paymentIntentId }: { paymentIntentId: string }) {
  return (
    <Page>
      <PageHeader title={paymentReturn.title} />
      <PaymentResult paymentIntentId={paymentIntentId} />
    </Page>
  );
}
