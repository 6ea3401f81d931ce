import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { GuideEntry } from "@/api/generated";
import { BusinessContact } from "@/lib/business-contact";
import { audienceTitle, groupsFor } from "@/lib/guides/audiences";
import { guidesOptions } from "@/lib/guides/queries";
import { pathOf, searchGuides, type FoundSection } from "@/lib/guides/search-guides";
import { LoadError } from "@/lib/load-error";
import { useMe } from "@/lib/session/me";
import { Icon, SearchIcon } from "@/ui/icon";
import { Card } from "@/ui/patterns/card";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { EmptyState } from "@/ui/patterns/empty-state";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page, Panel } from "@/ui/patterns/panel";
import { RichText } from "@/ui/patterns/rich-text";
import { Input } from "@/ui/primitives/input";
import { Kbd } from "@/ui/primitives/kbd";
import { OutsideLink } from "@/ui/primitives/link";
import { Skeleton } from "@/ui/primitives/skeleton";
import { brandingOptions } from "./queries";
import { help, results, shortcuts, support } from "./texts";

export interface HelpPageProps {
  /** What is searched for. */
  query: string;
  onQuery: (query: string) => void;
}

/** Answers questions: a search over the guides for the reader, the guides, the keys, and whom to ask. */
export function HelpPage({ query, onQuery }: HelpPageProps) {
  const { realm } = useMe();
  const guides = useQuery(guidesOptions());
  const [text, setText] = useState(query);
  useEffect(() => {
    if (text === query) return;
    const timer = setTimeout(() => onQuery(text), 250);
    return () => clearTimeout(timer);
  }, [text, query, onQuery]);
  const groups = groupsFor(realm, guides.data?.guides ?? []);
  const asked = text.trim();
  const found = searchGuides(groups.flatMap((group) => group.guides), asked);
  return (
    <Page>
      <PageHeader title={help.title} />
      <div role="search" className="relative max-w-[40rem]">
        <Icon of={SearchIcon} className="pointer-events-none absolute inset-y-0 left-3 my-auto text-ink-3" />
        <Input type="search" size="lg" maxLength={200} aria-label={help.search} placeholder={help.search} value={text} onChange={(event) => setText(event.target.value)} className="pl-9" />
      </div>
      {guides.isPending ? (
        <GuidesSkeleton />
      ) : guides.isError ? (
        <Panel>
          <LoadError error={guides.error} onRetry={() => void guides.refetch()} />
        </Panel>
      ) : (
        <>
          <Results query={asked} found={found} />
          {/* Whoever has found something is not looking for the whole list. */}
          {found.length === 0 && groups.map((group) => <Guides key={group.audience} {...group} />)}
        </>
      )}
      <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2">
        <Shortcuts />
        <WhomToAsk isStaff={realm === "ADMIN"} />
      </div>
    </Page>
  );
}

function Results({ query, found }: { query: string; found: readonly FoundSection[] }) {
  return (
    <div className="flex flex-col gap-3 has-[>p:only-child]:hidden">
      <p role="status" className="text-sm text-ink-3">
        {query !== "" && results.count(found.length)}
      </p>
      {query !== "" && (
        <Panel>
          {found.length === 0 ? (
            <EmptyState icon={SearchIcon} title={results.empty.title(query)}>
              {results.empty.hint}
            </EmptyState>
          ) : (
            <ol aria-label={results.label} className="divide-y divide-line">
              {found.map((one) => (
                <Result key={one.path} found={one} />
              ))}
            </ol>
          )}
        </Panel>
      )}
    </div>
  );
}

function Result({ found: { guide, section, path, excerpt } }: { found: FoundSection }) {
  return (
    <li className="px-5 py-3.5 max-sm:px-4">
      <OutsideLink href={path} className="font-medium">
        {section.heading}
      </OutsideLink>
      <p className="text-sm text-ink-3">{section.anchor ? guide.title : audienceTitle(guide.audience)}</p>
      <p className="mt-1 max-w-[72ch] wrap-anywhere text-ink-2">
        {excerpt.map((part, index) =>
          part.isHit ? (
            <mark key={index} className="rounded-control bg-warn-s px-0.5 font-medium text-ink">
              {part.text}
            </mark>
          ) : (
            part.text
          ),
        )}
      </p>
    </li>
  );
}

function Guides({ title, guides }: { title: string; guides: readonly GuideEntry[] }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">{title}</h2>
      <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {guides.map((guide) => (
          <li key={guide.slug} className="relative rounded-card border border-line bg-surface p-4 shadow-card hover:bg-hover">
            <OutsideLink href={pathOf(guide)} className="font-medium after:absolute after:inset-0">
              {guide.title}
            </OutsideLink>
            <p className="mt-1 text-sm text-ink-2">{guide.summary}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function GuidesSkeleton() {
  return (
    <div role="status" aria-label={help.loading} className="flex flex-col gap-3">
      <Skeleton className="h-4 w-24" />
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {[1, 2, 3, 4, 5].map((card) => (
          <div key={card} className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4">
            <Skeleton className="h-4 w-40 max-w-full" />
            <Skeleton className="h-3.5 w-full" />
          </div>
        ))}
      </div>
    </div>
  );
}

function Shortcuts() {
  return (
    <Card title={shortcuts.title}>
      <DefinitionList
        items={[shortcuts.search, shortcuts.close, shortcuts.time, shortcuts.copy].map(({ term, value }) => ({
          term,
          value: <RichText text={value} parts={{ key: (name) => <Kbd>{name}</Kbd> }} />,
        }))}
      />
    </Card>
  );
}

function WhomToAsk({ isStaff }: { isStaff: boolean }) {
  return (
    <Card title={support.title}>
      <div className="flex flex-col gap-3 text-ink-2">
        {isStaff ? (
          <p>
            <RichText text={support.staff} parts={{ api: (words) => <OutsideLink href="/api/docs">{words}</OutsideLink> }} />
          </p>
        ) : (
          <WhomClientsAsk />
        )}
        <p>{support.request}</p>
      </div>
    </Card>
  );
}

function WhomClientsAsk() {
  const { data } = useQuery(brandingOptions());
  return (
    <p>
      <BusinessContact branding={data} />
    </p>
  );
}
