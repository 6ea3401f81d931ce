import { useSuspenseQuery } from "@tanstack/react-query";
import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import { updateOnboardingProfile } from "@/api/generated";
import { getOnboardingOptions } from "@/api/generated/@tanstack/react-query.gen";
import { zProfilePatch } from "@/api/schemas/onboarding/zod.gen";
import { field, Form, useSchemaForm } from "@/lib/form";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { browsersZone } from "@/ui/patterns/relative-time-format";
import { TimezoneField } from "@/ui/patterns/timezone-field";
import { Button } from "@/ui/primitives/button";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Textarea } from "@/ui/primitives/textarea";
import { StepActions } from "./step-actions";
import { useCompleteStep } from "./use-complete-step";

const schema = z.object({
  job_title: field(zProfilePatch.shape.job_title, { missing: "Enter your job title." }),
  timezone: field(zProfilePatch.shape.timezone, { missing: "Choose your time zone." }),
  goals: field(zProfilePatch.shape.goals),
});

/** Asks what the person does, where they are, and what they hope for. */
export function ProfileStep() {
  const { data } = useSuspenseQuery(getOnboardingOptions());
  const complete = useCompleteStep("profile");
  const form = useSchemaForm(schema, {
    job_title: data.profile.job_title ?? "",
    timezone: data.profile.timezone ?? browsersZone(),
    goals: data.profile.goals ?? "",
  });
  const { errors, isSubmitting } = form.formState;
  const timezone = useWatch({ control: form.control, name: "timezone" });
  return (
    <>
      <PlainTitle title="Your profile">Helps us contact the right person at the right time.</PlainTitle>
      <Form
        form={form}
        onSubmit={async ({ goals, ...values }) => {
          await updateOnboardingProfile({ body: { ...values, goals: goals || null }, throwOnError: true });
          await complete.mutateAsync();
        }}
      >
        <Field label="Job title" hint="For example: head of operations." error={errors.job_title?.message}>
          <Input autoComplete="organization-title" {...form.register("job_title")} />
        </Field>
        <TimezoneField
          use="Dates and times in the portal are shown in this time zone. You can change it in your profile later."
          value={timezone}
          onChange={(zone) => form.setValue("timezone", zone, { shouldDirty: true })}
          error={errors.timezone?.message}
        />
        <Field label="What would you like to automate?" isOptional error={errors.goals?.message}>
          <Textarea {...form.register("goals")} />
        </Field>
        <StepActions step="profile">
          <Button type="submit" variant="primary" size="lg" isBusy={isSubmitting}>
            Save and continue
          </Button>
        </StepActions>
      </Form>
    </>
  );
}
