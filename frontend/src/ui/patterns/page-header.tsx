import type { ReactNode } from "react";
import { cx } from "@/ui/class-names";
import { ChevronRightIcon, Icon } from "@/ui/icon";
import { PageTitle } from "./page-title";
import { pageHeader as texts } from "./texts/pages";

/**
 * On phones actions have a row of their own, as wide as the page; picture buttons alone stay beside the title. The spans that an
 * open menu puts beside its button to hold the focus are no actions: else the button would move under the finger.
 */
const PHONE_ACTIONS = "max-sm:has-[>:not([data-slot=icon-button],span)]:order-last max-sm:has-[>:not([data-slot=icon-button],span)]:mt-1.5 max-sm:[&>:last-child:not([data-slot=icon-button],span)]:flex-1";
const PHONE_HEAD = "max-sm:has-[>[data-slot=actions]>:not([data-slot=icon-button],span)]:grid-cols-1";

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
    <header className={cx("grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5", actions ? PHONE_HEAD : "max-sm:grid-cols-1")}>
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
      {actions && <div data-slot="actions" className={cx("flex gap-2", PHONE_ACTIONS)}>{actions}</div>}
      {facts && <div className="col-span-full flex flex-wrap items-center gap-x-3 gap-y-1.5 text-base text-ink-3">{facts}</div>}
    </header>
  );
}
