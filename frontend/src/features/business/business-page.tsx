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
import { businessPage } from "./texts";

/** Edits the business: what it is called, how it looks, what it charges in, how it writes, and what its first page says. */
export function BusinessPage() {
  const query = useQuery(businessOptions());
  if (query.data) return <Parts business={query.data} />;
  return (
    <Page>
      <PageHeader title={businessPage.title} />
      {query.error ? (
        <Panel>
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      ) : (
        <div aria-busy="true" aria-label={businessPage.loading} className="flex max-w-[46rem] flex-col gap-6 lg:ml-[13rem]">
          <Skeleton className="h-96" />
          <Skeleton className="h-64" />
        </div>
      )}
    </Page>
  );
}

function Parts({ business }: { business: BusinessOut }) {
  const { identity, brand, money, formats, frontDoor } = businessPage.parts;
  return (
    <SettingsLayout
      title={businessPage.title}
      facts={businessPage.facts}
      parts={[
        { id: "identity", ...identity, content: <IdentitySection business={business} /> },
        { id: "brand", ...brand, content: <BrandSection business={business} /> },
        { id: "money", ...money, content: <MoneySection business={business} /> },
        { id: "formats", ...formats, content: <FormatsSection business={business} /> },
        { id: "front-door", ...frontDoor, content: <FrontDoorSection business={business} /> },
      ]}
    />
  );
}
