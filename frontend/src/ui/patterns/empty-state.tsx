import type { ReactNode } from "react";
import { EmptyIcon, Icon, type IconShape } from "@/ui/icon";

export interface EmptyStateProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  icon?: IconShape;
  /** Where the state is the whole page, its title is the page's; where it is all that is below that, a section's. */
  heading?: "p" | "h1" | "h2";
}

/** Says what a list will hold and gives the one act that starts it. */
export function EmptyState({ title, children, action, icon = EmptyIcon, heading: Heading = "p" }: EmptyStateProps) {
  return (
    <div className="flex min-w-0 flex-col items-center gap-2 px-6 py-12 text-center">
      <span className="grid size-10 place-items-center rounded-full bg-sunk text-ink-3">
        <Icon of={icon} size="lg" />
      </span>
      <Heading className="text-base font-semibold">{title}</Heading>
      {children && <p className="w-full max-w-[52ch] text-base wrap-anywhere text-ink-3">{children}</p>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
