import { useQueryClient } from "@tanstack/react-query";
import { linkOptions } from "@tanstack/react-router";
import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import { updateMe, type MeOut as Me } from "@/api/generated";
import { zAccountEdit } from "@/api/schemas/auth/zod.gen";
import { ContactLink } from "@/lib/business-contact";
import { useBranding } from "@/lib/face";
import { field, useSchemaForm } from "@/lib/form";
import { meOptions, useMe, writeFor } from "@/lib/session/me";
import { SettingsForm } from "@/lib/settings-form";
import { chooseTheme, useTheme, type Theme } from "@/lib/theme";
import { Card } from "@/ui/patterns/card";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { browsersZone } from "@/ui/patterns/relative-time-format";
import { RichText } from "@/ui/patterns/rich-text";
import { SettingsLayout } from "@/ui/patterns/settings-layout";
import { TimezoneField } from "@/ui/patterns/timezone-field";
import { Copyable } from "@/ui/primitives/copyable";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Segmented } from "@/ui/primitives/segmented";
import type { ProfileSection } from "./profile-sections";
import { account, appearance, changes, details, profile, roles, themes } from "./texts/profile";

const THEMES = (["system", "light", "dark"] satisfies Theme[]).map((value) => ({ value, label: themes[value] }));

const schema = z.object({
  full_name: field(zAccountEdit.shape.full_name, { missing: details.name.missing }),
  timezone: field(zAccountEdit.shape.timezone, { missing: details.timezone.missing }),
});

/** Changes what the reader is called, where times are shown to them and how the pages look, and shows the rest of their account. */
export function ProfilePage({ section }: { section: ProfileSection }) {
  const me = useMe();
  return (
    <SettingsLayout<ProfileSection>
      title={profile.title}
      current={section}
      linkTo={(id) => linkOptions({ to: "/settings/profile", search: { section: id === "details" ? undefined : id } })}
      sections={[
        { id: "details", ...profile.sections.details, content: <DetailsForm me={me} /> },
        { id: "account", ...profile.sections.account, content: <Account me={me} /> },
        { id: "appearance", ...profile.sections.appearance, content: <Appearance /> },
      ]}
    />
  );
}

function DetailsForm({ me }: { me: Me }) {
  const queryClient = useQueryClient();
  const saved = { full_name: me.full_name, timezone: me.profile.timezone ?? browsersZone() };
  const form = useSchemaForm(schema, saved);
  const { errors, dirtyFields } = form.formState;
  const timezone = useWatch({ control: form.control, name: "timezone" });
  return (
    <SettingsForm
      title={details.title}
      form={form}
      saved={saved}
      done={details.saved}
      onSave={async (values) => {
        // Only what was touched: the browser's time zone, which the form begins with, is nobody's choice yet.
        const body = { ...(dirtyFields.full_name && { full_name: values.full_name }), ...(dirtyFields.timezone && { timezone: values.timezone }) };
        const { data } = await updateMe({ body, throwOnError: true });
        writeFor(data);
        queryClient.setQueryData(meOptions().queryKey, data);
      }}
    >
      <Field label={details.name.label} hint={details.name.hint} error={errors.full_name?.message}>
        <Input autoComplete="name" {...form.register("full_name")} />
      </Field>
      <TimezoneField
        use={details.timezone.hint}
        value={timezone}
        onChange={(zone) => form.setValue("timezone", zone, { shouldDirty: true, shouldValidate: form.formState.isSubmitted })}
        error={errors.timezone?.message}
      />
    </SettingsForm>
  );
}

function Account({ me }: { me: Me }) {
  return (
    <Card>
      <DefinitionList
        items={[
          { term: account.email, value: me.email },
          { term: account.role, value: roles[me.role] },
          { term: account.organization, value: me.organization?.name ?? account.staff },
          { term: account.id, value: <Copyable value={me.id} label={account.copied} /> },
        ]}
      />
      <p className="mt-4 border-t border-line pt-4 text-sm text-ink-3">{me.organization ? <WhomClientsAsk /> : changes.staff}</p>
    </Card>
  );
}

function WhomClientsAsk() {
  const branding = useBranding();
  return branding && <RichText text={changes.client(branding.name)} parts={{ contact: (words) => <ContactLink branding={branding}>{words}</ContactLink> }} />;
}

function Appearance() {
  const theme = useTheme();
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="text-ink-2">{appearance.theme}</span>
        <Segmented label={appearance.theme} value={theme} options={THEMES} onChange={chooseTheme} />
      </div>
    </Card>
  );
}
