import type { ReactNode } from "react";
import { PageHeader } from "./page-header";
import { Page } from "./panel";
import { settings as texts } from "./texts";

export interface SettingsPart {
  /** The part's place on the page: what an address with `#id` leads to. */
  id: string;
  title: string;
  description: ReactNode;
  /** Its forms, each in a card of its own. */
  content: ReactNode;
}

/** Lays a settings page out: parts below each other, and from 1024 px on their names beside them. */
export function SettingsLayout({ title, facts, actions, parts }: { title: string; facts?: ReactNode; actions?: ReactNode; parts: readonly SettingsPart[] }) {
  return (
    <Page>
      <PageHeader title={title} facts={facts} actions={actions} />
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-[11rem_minmax(0,1fr)]">
        <nav aria-label={texts.parts(title)} className="max-lg:hidden">
          <ul className="sticky top-20 flex flex-col gap-0.5">
            {parts.map((part) => (
              <li key={part.id}>
                <a
                  href={`#${part.id}`}
                  className="flex h-8 items-center rounded-control px-2.5 text-base font-medium text-ink-2 no-underline hover:bg-hover hover:text-ink"
                  onClick={(event) => {
                    // Within the page: nothing is left, so that unsaved changes are not asked about.
                    event.preventDefault();
                    const heading = document.getElementById(part.id);
                    heading?.scrollIntoView();
                    heading?.focus({ preventScroll: true });
                  }}
                >
                  {part.title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="flex max-w-[46rem] min-w-0 flex-col gap-10">
          {parts.map((part) => (
            <section key={part.id} aria-labelledby={part.id} className="flex flex-col gap-4">
              <div>
                <h2 id={part.id} tabIndex={-1} className="scroll-mt-20 text-lg outline-none">
                  {part.title}
                </h2>
                <p className="mt-1 text-base text-ink-3">{part.description}</p>
              </div>
              {part.content}
            </section>
          ))}
        </div>
      </div>
    </Page>
  );
}

/** Sets apart what cannot be taken back: what happens, and the one button that does it. */
export function DangerZone({ title, children, action }: { title: string; children: ReactNode; action: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-card border border-bad bg-surface px-5 py-4 max-sm:px-4">
      <div className="min-w-0 flex-1">
        <h3 className="text-base font-semibold">{title}</h3>
        <p className="mt-0.5 text-sm text-ink-2">{children}</p>
      </div>
      {action}
    </div>
  );
}
