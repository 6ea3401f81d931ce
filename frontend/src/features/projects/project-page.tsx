import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useCan } from "@/lib/session/me";
import { Card } from "@/ui/patterns/card";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { DateTime } from "@/ui/patterns/relative-time";
import { RichText } from "@/ui/patterns/rich-text";
import { WithAside } from "@/ui/patterns/with-aside";
import { Copyable } from "@/ui/primitives/copyable";
import { TextLink } from "@/ui/primitives/link";
import { TabPanel, Tabs, type TabItem } from "@/ui/primitives/tabs";
import { ActivityTimeline } from "./activity-timeline";
import { ProjectMenu } from "./project-menu";
import { ProjectStepper } from "./project-status";
import { projectOptions } from "./queries";
import { PROJECT_TABS, type ProjectTab } from "./tabs";
import { projectPage } from "./texts";

export interface ProjectPageProps {
  projectId: string;
  tab: ProjectTab;
  onTab: (tab: ProjectTab) => void;
  /** The one primary action of the project's state, made by other features. */
  primary?: ReactNode;
  /** What is wrong and somebody has to mend. */
  notice?: ReactNode;
  /** What stands beside the timeline: money, workflows. */
  beside?: ReactNode;
  panels: Record<Exclude<ProjectTab, "overview">, ReactNode>;
  counts: Partial<Record<ProjectTab, number | undefined>>;
}

/** Shows one project: its facts, how far it is, and its parts by tab. */
export function ProjectPage({ projectId, tab, onTab, primary, notice, beside, panels, counts }: ProjectPageProps) {
  const { data: project } = useSuspenseQuery(projectOptions(projectId));
  const isStaff = useCan("projects:update");
  const items: TabItem<ProjectTab>[] = PROJECT_TABS.map((value) => ({ value, label: projectPage.tabs[value], count: counts[value] }));
  return (
    <Page>
      <PageHeader
        title={project.title}
        breadcrumbs={[
          <TextLink key="projects" to="/projects">
            {projectPage.projects}
          </TextLink>,
        ]}
        here={project.code}
        facts={
          <>
            <Copyable value={project.code} label={projectPage.code} />
            {isStaff && <span className="text-ink-2">{project.organization.name}</span>}
            <span>
              <RichText text={projectPage.created} parts={{ day: () => <DateTime at={project.created_at} /> }} />
            </span>
          </>
        }
        actions={
          <>
            {isStaff && <ProjectMenu project={project} />}
            {primary}
          </>
        }
      />
      {notice}
      <ProjectStepper project={project} />
      <Tabs label={projectPage.tabList} value={tab} items={items} onChange={onTab}>
        <TabPanel value="overview">
          <WithAside
            isAsideFirst
            aside={
              <>
                {project.description && (
                  <Card title={projectPage.about}>
                    <p className="max-w-[72ch] whitespace-pre-line text-ink-2">{project.description}</p>
                  </Card>
                )}
                {beside}
              </>
            }
          >
            <ActivityTimeline projectId={projectId} />
          </WithAside>
        </TabPanel>
        {(["proposals", "invoices", "workflows"] as const).map((value) => (
          <TabPanel key={value} value={value}>
            {panels[value]}
          </TabPanel>
        ))}
      </Tabs>
    </Page>
  );
}
