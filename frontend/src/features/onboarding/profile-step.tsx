import { useSuspenseQuery } from "@tanstack/react-query";
import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import { updateOnboardingProfile } from "@/api/generated";
import { getOnboardingOptions } from "@/api/generated/@tanstack/react-query.gen";
import { zProfilePatch } from "@/api/schemas/onboarding/zod.gen";
import { field, Form, useSchemaForm } from "@/lib/form";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { Button } from "@/ui/primitives/button";
import { Combobox } from "@/ui/primitives/combobox";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Textarea } from "@/ui/primitives/textarea";
import { useCompleteStep } from "./use-complete-step";

const ZONES = Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));

const schema = z.object({
  job_title: field(zProfilePatch.shape.job_title, { missing: "Enter what you do." }),
  timezone: field(zProfilePatch.shape.timezone, { missing: "Choose your time zone." }),
  goals: field(zProfilePatch.shape.goals),
});

/** Asks what is needed to speak to the person rightly. */
export function ProfileStep() {
  const { data } = useSuspenseQuery(getOnboardingOptions());
  const complete = useCompleteStep("profile");
  const form = useSchemaForm(schema, {
    job_title: data.profile.job_title ?? "",
    timezone: data.profile.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    goals: data.profile.goals ?? "",
  });
  const { errors, isSubmitting } = form.formState;
  const timezone = useWatch({ control: form.control, name: "timezone" });
  return (
    <>
      <PlainTitle title="Your profile">So that we write to the right person at the right hour.</PlainTitle>
      <Form
        form={form}
        onSubmit={async ({ goals, ...values }) => {
          await updateOnboardingProfile({ body: { ...values, goals: goals || null }, throwOnError: true });
          await complete.mutateAsync();
        }}
      >
        <Field label="What you do" hint="For example: head of operations." error={errors.job_title?.message}>
          <Input autoComplete="organization-title" {...form.register("job_title")} />
        </Field>
        <Field label="Time zone" error={errors.timezone?.message}>
          <Combobox options={ZONES} value={timezone} onChange={(zone) => form.setValue("timezone", zone ?? "", { shouldDirty: true })} />
        </Field>
        <Field label="What should run by itself one day?" isOptional error={errors.goals?.message}>
          <Textarea {...form.register("goals")} />
        </Field>
        <Button type="submit" variant="primary" size="lg" isBusy={isSubmitting} className="self-start max-sm:self-stretch">
          Save and continue
        </Button>
      </Form>
    </>
  );
}
