import { useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import { updateOnboardingProfile } from "@/api/generated";
import { getOnboardingOptions } from "@/api/generated/@tanstack/react-query.gen";
import { zProfilePatch } from "@/api/schemas/onboarding/zod.gen";
import { useBranding } from "@/lib/face";
import { field, Form, useSchemaForm } from "@/lib/form";
import { useKeptWork } from "@/lib/kept-work/use-kept-work";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { browsersZone } from "@/ui/patterns/relative-time-format";
import { TimezoneField } from "@/ui/patterns/timezone-field";
import { Button } from "@/ui/primitives/button";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Textarea } from "@/ui/primitives/textarea";
import { StepActions } from "./step-actions";
import { profile } from "./texts/profile";
import { useCompleteStep } from "./use-complete-step";

const schema = z.object({
  job_title: field(zProfilePatch.shape.job_title, { missing: profile.jobTitle.missing }),
  timezone: field(zProfilePatch.shape.timezone, { missing: profile.timezone.missing }),
  goals: field(zProfilePatch.shape.goals),
});

/** Asks what the person does, where they are, and what they hope for. */
export function ProfileStep() {
  const { data } = useSuspenseQuery(getOnboardingOptions());
  const business = useBranding()?.name;
  const complete = useCompleteStep("profile");
  const form = useSchemaForm(schema, {
    job_title: data.profile.job_title ?? "",
    timezone: data.profile.timezone ?? browsersZone(),
    goals: data.profile.goals ?? "",
  });
  const { notice, keep } = useKeptWork(form, "onboarding.profile");
  const { errors, isSubmitting } = form.formState;
  const router = useRouter();
  const onLeave = useEffectEvent(() => !isSubmitting && keep());
  // By whatever way: the browser's own Back and Forward walk through the steps, too.
  useEffect(() => router.subscribe("onBeforeNavigate", () => void onLeave()), [router]);
  const timezone = useWatch({ control: form.control, name: "timezone" });
  return (
    <>
      <PlainTitle title={profile.title}>{profile.lead(business)}</PlainTitle>
      <Form
        form={form}
        onSubmit={async (values) => {
          await updateOnboardingProfile({ body: values, throwOnError: true });
          await complete.mutateAsync();
        }}
      >
        {notice}
        <Field label={profile.jobTitle.label} hint={profile.jobTitle.hint} error={errors.job_title?.message}>
          <Input autoComplete="organization-title" {...form.register("job_title")} />
        </Field>
        <TimezoneField
          use={profile.timezone.hint}
          value={timezone}
          onChange={(zone) => form.setValue("timezone", zone, { shouldDirty: true })}
          error={errors.timezone?.message}
        />
        <Field label={profile.goals.label} isOptional error={errors.goals?.message}>
          <Textarea {...form.register("goals")} />
        </Field>
        <StepActions step="profile">
          <Button type="submit" variant="primary" size="lg" isBusy={isSubmitting}>
            {profile.submit}
          </Button>
        </StepActions>
      </Form>
    </>
  );
}
