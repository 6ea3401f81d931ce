import { useNavigate } from "@tanstack/react-router";
import * as z from "zod/mini";
import { zRegisterBody } from "@/api/schemas/auth/zod.gen";
import { field, Form, useFirstFocus, useSchemaForm } from "@/lib/form";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { Button } from "@/ui/primitives/button";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { TextLink } from "@/ui/primitives/link";
import { useRegistrationDraft } from "./registration-draft";
import { StepCount } from "./step-count";

const schema = z.object({
  organization_name: field(zRegisterBody.shape.organization_name, { missing: "Enter your organization's name." }),
  full_name: field(zRegisterBody.shape.full_name, { missing: "Enter your name." }),
});

/** Asks for the organization and the person. */
export function RegisterOrganization() {
  const { draft, keep } = useRegistrationDraft();
  const navigate = useNavigate();
  const form = useSchemaForm(schema, draft ?? { organization_name: "", full_name: "" });
  useFirstFocus(form, "organization_name");
  const { errors } = form.formState;
  return (
    <>
      <StepCount at={1} of={2} />
      <PlainTitle title="Create an account">Tell us about you and your organization.</PlainTitle>
      <Form
        form={form}
        onSubmit={async (values) => {
          keep(values);
          await navigate({ to: "/register/step-2" });
        }}
      >
        <Field label="Organization" hint="As it should appear on proposals and invoices." error={errors.organization_name?.message}>
          <Input autoComplete="organization" size="lg" {...form.register("organization_name")} />
        </Field>
        <Field label="Your name" error={errors.full_name?.message}>
          <Input autoComplete="name" size="lg" {...form.register("full_name")} />
        </Field>
        <Button type="submit" variant="primary" size="lg">
          Continue
        </Button>
        <p className="text-sm text-ink-3">
          Already have an account? <TextLink to="/login">Sign in</TextLink>
        </p>
      </Form>
    </>
  );
}
