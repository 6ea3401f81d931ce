import { Card } from "@/ui/patterns/card";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { Kbd } from "@/ui/primitives/kbd";
import { OutsideLink } from "@/ui/primitives/link";

/** Says how to get around and where to ask. */
export function HelpPage() {
  return (
    <Page>
      <PageHeader title="Help" />
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        <Card title="Getting around">
          <DefinitionList
            items={[
              { term: "Jump to a page", value: <><Kbd>Ctrl</Kbd> <Kbd>K</Kbd> or <Kbd>⌘</Kbd> <Kbd>K</Kbd></> },
              { term: "Close what floats", value: <Kbd>Esc</Kbd> },
              { term: "Exact time", value: "Rest the pointer on any “2 h ago”" },
              { term: "Copy an id", value: "Press it" },
            ]}
          />
        </Card>
        <Card title="When something goes wrong">
          <p className="text-ink-2">
            Every error shows a request id. Copy it and send it to the people who run your CapeControl: they find the moment by it. Programs talk to the{" "}
            <OutsideLink href="/api/docs">API</OutsideLink>, which is documented with every answer it can give.
          </p>
        </Card>
      </div>
    </Page>
  );
}
