import { useNavigate } from "@tanstack/react-router";
import * as z from "zod/mini";
import { zRegisterBody } from "@/api/schemas/auth/zod.gen";
import { useBranding } from "@/lib/face";
import { field, Form, useFirstFocus, useSchemaForm } from "@/lib/form";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { RichText } from "@/ui/patterns/rich-text";
import { Button } from "@/ui/primitives/button";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { TextLink } from "@/ui/primitives/link";
import { properName } from "./proper-name";
import { useRegistrationDraft } from "./registration-draft";
import { StepCount } from "./step-count";
import { organizationStep } from "./texts/register-organization";

const schema = z.object({
  organization_name: field(zRegisterBody.shape.organization_name, { missing: organizationStep.organization.missing, ...properName }),
  full_name: field(zRegisterBody.shape.full_name, { missing: organizationStep.name.missing, ...properName }),
});

/** Asks for the organization and the person. */
export function RegisterOrganization() {
  const { draft, keep } = useRegistrationDraft();
  const business = useBranding()?.name;
  const navigate = useNavigate();
  const form = useSchemaForm(schema, { organization_name: draft?.organization_name ?? "", full_name: draft?.full_name ?? "" });
  useFirstFocus(form, "organization_name");
  const { errors } = form.formState;
  return (
    <>
      <StepCount at={1} of={2} />
      <PlainTitle title={organizationStep.title}>{organizationStep.lead(business)}</PlainTitle>
      <Form
        form={form}
        onSubmit={async (values) => {
          keep({ email: draft?.email ?? "", ...values });
          await navigate({ to: "/register/step-2" });
        }}
      >
        <Field label={organizationStep.organization.label} hint={organizationStep.organization.hint} error={errors.organization_name?.message}>
          <Input autoComplete="organization" size="lg" {...form.register("organization_name")} />
        </Field>
        <Field label={organizationStep.name.label} error={errors.full_name?.message}>
          <Input autoComplete="name" size="lg" {...form.register("full_name")} />
        </Field>
        <Button type="submit" variant="primary" size="lg">
          {organizationStep.submit}
        </Button>
        <p className="text-sm text-ink-3">
          <RichText text={organizationStep.signIn} parts={{ link: (words) => <TextLink to="/login">{words}</TextLink> }} />
        </p>
      </Form>
    </>
  );
}
