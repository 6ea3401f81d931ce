import { createLink, type LinkProps } from "@tanstack/react-router";
import { useEffect, useRef, type AnchorHTMLAttributes, type ReactNode, type Ref } from "react";
import { cx } from "@/ui/class-names";
import { PageHeader } from "./page-header";
import { Page } from "./panel";
import { settings as texts } from "./texts/settings";

export interface SettingsSection<Id extends string> {
  id: Id;
  title: string;
  description: ReactNode;
  /** Its forms, each in a card of its own. */
  content: ReactNode;
}

export interface SettingsLayoutProps<Id extends string> {
  title: string;
  facts?: ReactNode;
  sections: readonly SettingsSection<Id>[];
  /** The section that is shown, and the address of each. */
  current: Id;
  linkTo: (id: Id) => LinkProps;
}

/** Lays a settings page out: one section at a time, and links to all of them: beside it, or above it where there is little room. */
export function SettingsLayout<Id extends string>({ title, facts, sections, current, linkTo }: SettingsLayoutProps<Id>) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // On a phone the links may be wider than the screen; the one of the section that is shown should be seen.
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <Page>
      <PageHeader title={title} part={sections.find(({ id }) => id === current)?.title} facts={facts} />
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-[11rem_minmax(0,1fr)] lg:gap-8">
        <nav aria-label={texts.sections(title)} className="min-w-0">
          <ul ref={list} className="flex gap-5 overflow-x-auto overflow-y-hidden border-b border-line [scrollbar-width:none] lg:sticky lg:top-20 lg:flex-col lg:gap-0.5 lg:border-b-0">
            {sections.map((section) => (
              <li key={section.id} className="shrink-0">
                <SectionLink {...linkTo(section.id)} isCurrent={section.id === current}>
                  {section.title}
                </SectionLink>
              </li>
            ))}
          </ul>
        </nav>
        {sections.map((section) => section.id === current && <Section key={section.id} section={section} />)}
      </div>
    </Page>
  );
}

interface SectionAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  ref?: Ref<HTMLAnchorElement>;
  isCurrent: boolean;
}

function SectionAnchor({ isCurrent, children, ...rest }: SectionAnchorProps) {
  return (
    <a
      {...rest}
      // The router takes every link to this page for the current one: the sections differ in the query only.
      aria-current={isCurrent ? "page" : undefined}
      className={cx(
        "flex h-9 items-center border-b-2 text-base font-medium no-underline outline-offset-[-2px] hover:text-ink lg:h-8 lg:rounded-control lg:border-b-0 lg:px-2.5 lg:hover:bg-hover",
        isCurrent ? "border-accent text-ink lg:bg-hover" : "border-transparent text-ink-2",
      )}
    >
      {children}
    </a>
  );
}

const SectionLink = createLink(SectionAnchor);

function Section<Id extends string>({ section }: { section: SettingsSection<Id> }) {
  return (
    <section aria-labelledby={section.id} className="flex max-w-[46rem] min-w-0 flex-col gap-4">
      <div>
        <h2 id={section.id} className="text-lg">
          {section.title}
        </h2>
        <p className="mt-1 text-base text-ink-3">{section.description}</p>
      </div>
      {section.content}
    </section>
  );
}

/** Sets apart what cannot be taken back: what happens, and the one button that does it. */
export function DangerZone({ title, children, action }: { title: string; children: ReactNode; action: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-card border border-bad bg-surface px-5 py-4 max-sm:px-4">
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="text-base font-semibold">{title}</h3>
        <p className="mt-0.5 text-sm text-ink-2">{children}</p>
      </div>
      {action}
    </div>
  );
}
