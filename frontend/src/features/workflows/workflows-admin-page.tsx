import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { TabPanel, Tabs } from "@/ui/primitives/tabs";
import { EnvironmentsPanel } from "./environments-panel";
import { ImportTemplate } from "./import-template";
import { InstancesPanel } from "./instances-panel";
import { ConnectEnvironment } from "./connect-environment";
import type { EnvironmentFilter, TemplateFilter, WorkflowFilter } from "./lists";
import type { AdminTab } from "./tabs";
import { TemplatesPanel } from "./templates-panel";
import { page } from "./texts/admin";

const ITEMS: { value: AdminTab; label: string }[] = [
  { value: "deployed", label: page.tabs.deployed },
  { value: "templates", label: page.tabs.templates },
  { value: "environments", label: page.tabs.environments },
];

/** Holds the machinery behind the workflows: where they run, what they are made from, what is out there. */
export function WorkflowsAdminPage({ tab, onTab, filter, onFilter }: { tab: AdminTab; onTab: (tab: AdminTab) => void; filter: WorkflowFilter; onFilter: (filter: WorkflowFilter) => void }) {
  return (
    <Page>
      <PageHeader title={page.title} actions={tab === "environments" ? <ConnectEnvironment /> : tab === "templates" ? <ImportTemplate /> : undefined} />
      <Tabs label={page.title} value={tab} items={ITEMS} onChange={onTab}>
        <TabPanel value="deployed">
          <InstancesPanel filter={filter} onFilter={onFilter} />
        </TabPanel>
        <TabPanel value="templates">
          <TemplatesPanel filter={filter as TemplateFilter} onFilter={onFilter} />
        </TabPanel>
        <TabPanel value="environments">
          <EnvironmentsPanel filter={filter as EnvironmentFilter} onFilter={onFilter} />
        </TabPanel>
      </Tabs>
    </Page>
  );
}
