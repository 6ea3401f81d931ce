import type { Role } from "@/api/generated";
import { useMe } from "@/lib/session/me";
import { chooseTheme, useTheme, type Theme } from "@/lib/theme";
import { Card } from "@/ui/patterns/card";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { Copyable } from "@/ui/primitives/copyable";
import { Segmented } from "@/ui/primitives/segmented";

const THEMES: { value: Theme; label: string }[] = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];
/** "OPERATOR" → "Operator": roles are single words. */
const ROLES: Record<Role, string> = {
  OPERATOR: "Operator",
  AUDITOR: "Auditor",
  DEVELOPER: "Developer",
  OWNER: "Owner",
  ADMINISTRATOR: "Administrator",
  USER: "User",
};

/** Shows who you are here and lets you choose how it looks. */
export function ProfilePage() {
  const me = useMe();
  const theme = useTheme();
  return (
    <Page>
      <PageHeader title="Your profile" />
      <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2">
        <Card title="You">
          <DefinitionList
            items={[
              { term: "Name", value: me.full_name || "—" },
              { term: "E-mail address", value: me.email },
              { term: "Role", value: ROLES[me.role] },
              { term: "Organization", value: me.organization?.name ?? "Platform staff" },
              { term: "Your id", value: <Copyable value={me.id} label="your id" /> },
            ]}
          />
        </Card>
        <Card title="Appearance">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <span className="text-ink-2">Theme</span>
            <Segmented label="Theme" value={theme} options={THEMES} onChange={chooseTheme} />
          </div>
          <p className="mt-4 text-sm text-ink-3">Times are shown in {Intl.DateTimeFormat().resolvedOptions().timeZone}, amounts as your browser's language writes them.</p>
        </Card>
      </div>
    </Page>
  );
}
