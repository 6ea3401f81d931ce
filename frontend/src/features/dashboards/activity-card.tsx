import type { RecentActivity } from "@/api/generated";
import { activityLook } from "@/lib/activity-look";
import { cx } from "@/ui/class-names";
import { Icon } from "@/ui/icon";
import { Card } from "@/ui/patterns/card";
import { EmptyState } from "@/ui/patterns/empty-state";
import { Money } from "@/ui/patterns/money";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { PathLink } from "@/ui/primitives/path-link";
import { activity } from "./texts";

const TONES = { neutral: "text-ink-3", ok: "text-ok", warn: "text-warn", bad: "text-bad" };

/** Tells what happened, newest first. */
export function ActivityCard({ activities }: { activities: readonly RecentActivity[] }) {
  return (
    <Card title={activity.title} isFlush>
      {activities.length === 0 ? (
        <EmptyState title={activity.empty.title}>{activity.empty.hint}</EmptyState>
      ) : (
        <ul className="@container divide-y divide-line">
          {activities.map((event) => (
            <li key={event.id} className="relative grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 px-5 py-2.5 max-sm:px-4 @4xl:grid-cols-[minmax(0,4fr)_minmax(0,4fr)_minmax(0,3fr)_8rem_6rem]">
              <span className="flex min-w-0 gap-2 font-medium">
                <Picture event={event} />
                <span className="min-w-0 self-baseline break-words">
                  {event.link ? (
                    <PathLink href={event.link} className="text-ink no-underline after:absolute after:inset-0 hover:underline">
                      {event.title}
                    </PathLink>
                  ) : (
                    event.title
                  )}
                </span>
              </span>
              <span className={cx("min-w-0 break-words text-ink-3 @max-4xl:order-2 @max-4xl:pl-6 @max-4xl:empty:hidden", !event.amount && "@max-4xl:col-span-2")}><About event={event} /></span>
              <span className="min-w-0 break-words @max-4xl:order-4 @max-4xl:col-span-2 @max-4xl:pl-6 @max-4xl:empty:hidden @max-4xl:text-sm @max-4xl:text-ink-2">{whose(event)}</span>
              <span className="text-right whitespace-nowrap text-ink-2 @max-4xl:order-3 @max-4xl:col-start-2 @max-4xl:empty:hidden">{event.amount && <Money value={event.amount} />}</span>
              <span className="text-right text-ink-3 @max-4xl:order-1 @max-4xl:text-sm">
                <RelativeTime at={event.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Picture({ event }: { event: RecentActivity }) {
  const { icon, tone } = activityLook(event);
  return <Icon of={icon} className={cx("mt-0.5 self-start", TONES[tone])} />;
}

/** Tells of which project it is, and below it what else is worth knowing, such as a comment: no sign hangs between lines. */
function About({ event: { detail, project_title: project } }: { event: RecentActivity }) {
  // A project that was created has its title as the detail.
  const parts = [project, detail === project ? null : detail].filter(Boolean);
  return parts.map((part) => (
    <span key={part} className="block">
      {part}
    </span>
  ));
}

/** Tells whom an act concerns, where the reader has several clients, and who did it. */
function whose({ actor, organization }: RecentActivity): string {
  if (!organization) return actor ?? "";
  return actor ? activity.by(organization.name, actor) : organization.name;
}
