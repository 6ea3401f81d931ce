import { useQuery } from "@tanstack/react-query";
import type { BusinessOut } from "@/api/generated";
import { LoadError } from "@/lib/load-error";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page, Panel } from "@/ui/patterns/panel";
import { SettingsLayout } from "@/ui/patterns/settings-layout";
import { Skeleton } from "@/ui/primitives/skeleton";
import { BrandSection } from "./brand-section";
import { FormatsSection } from "./formats-section";
import { FrontDoorSection } from "./front-door-section";
import { IdentitySection } from "./identity-section";
import { MoneySection } from "./money-section";
import { businessOptions } from "./queries";

/** Edits the business: what it is called, how it looks, what it charges in, how it writes, and what its first page says. */
export function BusinessPage() {
  const query = useQuery(businessOptions());
  if (query.data) return <Parts business={query.data} />;
  return (
    <Page>
      <PageHeader title="Business" />
      {query.error ? (
        <Panel>
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      ) : (
        <div aria-busy="true" aria-label="Loading" className="flex max-w-[46rem] flex-col gap-6 lg:ml-[13rem]">
          <Skeleton className="h-96" />
          <Skeleton className="h-64" />
        </div>
      )}
    </Page>
  );
}

function Parts({ business }: { business: BusinessOut }) {
  return (
    <SettingsLayout
      title="Business"
      facts="Changes appear at once on every page, e-mail and new document. What you have sent or issued stays as it was."
      parts={[
        { id: "identity", title: "Identity", description: "Who you are, as clients and the tax office know you.", content: <IdentitySection business={business} /> },
        { id: "brand", title: "Brand", description: "How the client portal, e-mails and documents look.", content: <BrandSection business={business} /> },
        { id: "money", title: "Money", description: "What you charge in, the tax on it, and how clients pay.", content: <MoneySection business={business} /> },
        { id: "formats", title: "Formats", description: "How amounts, dates and times are written.", content: <FormatsSection business={business} /> },
        { id: "front-door", title: "Front door", description: "What people read before they sign in. Empty texts are not shown.", content: <FrontDoorSection business={business} /> },
      ]}
    />
  );
}
