import { useQueryClient } from "@tanstack/react-query";
import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import { updateMe, type MeOut as Me, type Role } from "@/api/generated";
import { zAccountEdit } from "@/api/schemas/auth/zod.gen";
import { field, Form, useSchemaForm } from "@/lib/form";
import { UnsavedGuard } from "@/lib/form/unsaved-guard";
import { meOptions, useMe, writeFor } from "@/lib/session/me";
import { chooseTheme, useTheme, type Theme } from "@/lib/theme";
import { Card } from "@/ui/patterns/card";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { browsersZone } from "@/ui/patterns/relative-time-format";
import { TimezoneField } from "@/ui/patterns/timezone-field";
import { Button } from "@/ui/primitives/button";
import { Copyable } from "@/ui/primitives/copyable";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Segmented } from "@/ui/primitives/segmented";
import { useToast } from "@/ui/primitives/toast";

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

const schema = z.object({
  full_name: field(zAccountEdit.shape.full_name, { missing: "Enter your name." }),
  timezone: field(zAccountEdit.shape.timezone, { missing: "Choose your time zone." }),
});

const valuesOf = (me: Me) => ({ full_name: me.full_name, timezone: me.profile.timezone ?? browsersZone() });

/** Changes what the reader is called and where times are shown to them, and shows the rest of their account. */
export function ProfilePage() {
  const me = useMe();
  const theme = useTheme();
  return (
    <Page>
      <PageHeader title="Your profile" />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card title="Your details">
          <DetailsForm me={me} />
        </Card>
        <div className="flex flex-col gap-4">
          <Card title="Account">
            <DefinitionList
              items={[
                { term: "E-mail address", value: me.email },
                { term: "Role", value: ROLES[me.role] },
                { term: "Organization", value: me.organization?.name ?? "Platform staff" },
                { term: "Account ID", value: <Copyable value={me.id} label="your account ID" /> },
              ]}
            />
            <p className="mt-4 text-sm text-ink-3">To change your e-mail address or role, ask an administrator.</p>
          </Card>
          <Card title="Appearance">
            <div className="flex flex-wrap items-center justify-between gap-3">
              <span className="text-ink-2">Theme</span>
              <Segmented label="Theme" value={theme} options={THEMES} onChange={chooseTheme} />
            </div>
            <p className="mt-4 text-sm text-ink-3">The theme is saved in this browser.</p>
          </Card>
        </div>
      </div>
    </Page>
  );
}

function DetailsForm({ me }: { me: Me }) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const form = useSchemaForm(schema, valuesOf(me));
  const { errors, isSubmitting, isDirty, dirtyFields } = form.formState;
  const timezone = useWatch({ control: form.control, name: "timezone" });
  return (
    <>
      <UnsavedGuard isDirty={isDirty && !isSubmitting} />
      <Form
        form={form}
        onSubmit={async (values) => {
          // Only what was touched: the browser's time zone, which the form begins with, is nobody's choice yet.
          const body = { ...(dirtyFields.full_name && { full_name: values.full_name }), ...(dirtyFields.timezone && { timezone: values.timezone }) };
          const { data } = await updateMe({ body, throwOnError: true });
          writeFor(data);
          queryClient.setQueryData(meOptions().queryKey, data);
          form.reset(valuesOf(data));
          toast("Profile saved");
        }}
      >
        <Field label="Name" hint="Shown to everyone you work with, and used in e-mails to you." error={errors.full_name?.message}>
          <Input autoComplete="name" {...form.register("full_name")} />
        </Field>
        <TimezoneField
          use="Dates and times are shown to you in this time zone."
          value={timezone}
          onChange={(zone) => form.setValue("timezone", zone, { shouldDirty: true, shouldValidate: form.formState.isSubmitted })}
          error={errors.timezone?.message}
        />
        <Button type="submit" variant="primary" isBusy={isSubmitting} className="self-start">
          Save changes
        </Button>
      </Form>
    </>
  );
}
