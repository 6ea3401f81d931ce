import { useQuery } from "@tanstack/react-query";
import { linkOptions } from "@tanstack/react-router";
import type { BusinessOut } from "@/api/generated";
import { LoadError } from "@/lib/load-error";
import { PageHeader } from "@/ui/patterns/page-header";
import { BodySkeleton } from "@/ui/patterns/page-skeleton";
import { Page, Panel } from "@/ui/patterns/panel";
import { SettingsLayout } from "@/ui/patterns/settings-layout";
import { BrandSection } from "./brand-section";
import { FormatsSection } from "./formats-section";
import { FrontDoorSection } from "./front-door-section";
import { IdentitySection } from "./identity-section";
import { MoneySection } from "./money-section";
import { businessOptions } from "./queries";
import type { BusinessSection } from "./sections";
import { businessPage } from "./texts";

/** Edits the business, a section at a time: what it is called, how it looks, what it charges in, how it writes, and what its first page says. */
export function BusinessPage({ section }: { section: BusinessSection }) {
  const query = useQuery(businessOptions());
  if (query.data) return <Sections business={query.data} current={section} />;
  return (
    <Page>
      <PageHeader title={businessPage.title} facts={businessPage.facts} />
      {query.error ? (
        <Panel>
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      ) : (
        <BodySkeleton shape="settings" label={businessPage.loading} />
      )}
    </Page>
  );
}

function Sections({ business, current }: { business: BusinessOut; current: BusinessSection }) {
  const { identity, brand, money, formats, frontDoor } = businessPage.sections;
  return (
    <SettingsLayout<BusinessSection>
      title={businessPage.title}
      facts={businessPage.facts}
      current={current}
      linkTo={(section) => linkOptions({ to: "/admin/business", search: { section: section === "identity" ? undefined : section } })}
      sections={[
        { id: "identity", ...identity, content: <IdentitySection business={business} /> },
        { id: "brand", ...brand, content: <BrandSection business={business} /> },
        { id: "money", ...money, content: <MoneySection business={business} /> },
        { id: "formats", ...formats, content: <FormatsSection business={business} /> },
        { id: "front-door", ...frontDoor, content: <FrontDoorSection business={business} /> },
      ]}
    />
  );
}
