import type { ReactNode } from "react";
import { ChevronRightIcon, Icon } from "@/ui/icon";
import { PageTitle } from "./page-title";
import { pageHeader as texts } from "./texts/pages";

export interface PageHeaderProps {
  title: string;
  /** The part of the page that is shown, where it shows one at a time. */
  part?: string | undefined;
  /** Links to the pages above this one, outermost first. */
  breadcrumbs?: ReactNode[];
  /** Where the breadcrumbs ends: a code, rather than the title again. */
  here?: string | undefined;
  facts?: ReactNode;
  /** Secondary actions first, the one primary action last. */
  actions?: ReactNode;
}

/** Opens a page: its breadcrumbs, its one title, its facts, its one primary action. */
export function PageHeader({ title, part, breadcrumbs, here, facts, actions }: PageHeaderProps) {
  return (
    <header className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 max-sm:grid-cols-1">
      <PageTitle title={title} part={part} />
      {breadcrumbs && (
        <nav aria-label={texts.breadcrumb} className="col-span-full">
          <ol className="flex items-center gap-2 text-sm text-ink-3 [&_a]:text-ink-2">
            {breadcrumbs.map((step, index) => (
              <li key={index} className="flex items-center gap-2">
                {step}
                <Icon of={ChevronRightIcon} size="sm" />
              </li>
            ))}
            <li aria-current="page">{here ?? title}</li>
          </ol>
        </nav>
      )}
      <h1 className="min-w-0 text-xl break-words">{title}</h1>
      {actions && <div className="flex gap-2 max-sm:order-last max-sm:mt-1.5 max-sm:[&>*:last-child]:flex-1">{actions}</div>}
      {facts && <div className="col-span-full flex flex-wrap items-center gap-x-3 gap-y-1.5 text-base text-ink-3">{facts}</div>}
    </header>
  );
}
