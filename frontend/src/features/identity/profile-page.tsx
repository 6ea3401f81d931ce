import { useQueryClient } from "@tanstack/react-query";
import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import { updateMe, type MeOut as Me } from "@/api/generated";
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
import { account, appearance, details, profile, roles, themes } from "./texts/profile";

const THEMES = (["system", "light", "dark"] satisfies Theme[]).map((value) => ({ value, label: themes[value] }));

const schema = z.object({
  full_name: field(zAccountEdit.shape.full_name, { missing: details.name.missing }),
  timezone: field(zAccountEdit.shape.timezone, { missing: details.timezone.missing }),
});

const valuesOf = (me: Me) => ({ full_name: me.full_name, timezone: me.profile.timezone ?? browsersZone() });

/** Changes what the reader is called and where times are shown to them, and shows the rest of their account. */
export function ProfilePage() {
  const me = useMe();
  const theme = useTheme();
  return (
    <Page>
      <PageHeader title={profile.title} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card title={details.title}>
          <DetailsForm me={me} />
        </Card>
        <div className="flex flex-col gap-4">
          <Card title={account.title}>
            <DefinitionList
              items={[
                { term: account.email, value: me.email },
                { term: account.role, value: roles[me.role] },
                { term: account.organization, value: me.organization?.name ?? account.staff },
                { term: account.id, value: <Copyable value={me.id} label={account.copied} /> },
              ]}
            />
            <p className="mt-4 text-sm text-ink-3">{account.hint}</p>
          </Card>
          <Card title={appearance.title}>
            <div className="flex flex-wrap items-center justify-between gap-3">
              <span className="text-ink-2">{appearance.theme}</span>
              <Segmented label={appearance.theme} value={theme} options={THEMES} onChange={chooseTheme} />
            </div>
            <p className="mt-4 text-sm text-ink-3">{appearance.hint}</p>
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
          toast(profile.saved);
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
        <Button type="submit" variant="primary" isBusy={isSubmitting} className="self-start">
          {details.submit}
        </Button>
      </Form>
    </>
  );
}
