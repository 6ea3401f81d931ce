import { Navigate } from "@tanstack/react-router";
import { useState } from "react";
import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import { register } from "@/api/generated";
import { zRegisterBody } from "@/api/schemas/auth/zod.gen";
import { field, Form, useFirstFocus, useSchemaForm } from "@/lib/form";
import { ApiError, isStatus } from "@/lib/problem";
import { MailIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { Button } from "@/ui/primitives/button";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { ButtonLink } from "@/ui/primitives/link";
import { PasswordInput } from "@/ui/primitives/password-input";
import { ADDRESS_WORDS } from "./address-words";
import { meetsPolicy } from "./password-policy";
import { PasswordRules } from "./password-rules";
import { useRegistrationDraft } from "./registration-draft";
import { ResendVerification } from "./resend-verification";
import { StepCount } from "./step-count";

const schema = z
  .object({
    email: field(zRegisterBody.shape.email, ADDRESS_WORDS),
    password: field(zRegisterBody.shape.password, { missing: "Choose a password.", isExact: true }),
  })
  .check(z.refine(({ email, password }) => meetsPolicy(password, email), { path: ["password"], error: "Choose a stronger password." }));

/** Asks for address and password, and makes the organization. */
export function RegisterCredentials() {
  const { draft } = useRegistrationDraft();
  const [sentTo, setSentTo] = useState<string>();
  const form = useSchemaForm(schema, { email: "", password: "" });
  const [email, password] = useWatch({ control: form.control, name: ["email", "password"] });
  useFirstFocus(form, "email");
  const { errors, isSubmitting } = form.formState;
  if (!draft) return <Navigate to="/register/step-1" replace />;
  if (sentTo) return <CheckMail email={sentTo} />;
  return (
    <>
      <StepCount at={2} of={2} />
      <PlainTitle title="Create your login">{`For ${draft.organization_name}`}</PlainTitle>
      <Form
        form={form}
        onSubmit={async (values) => {
          try {
            await register({ body: { ...draft, ...values }, throwOnError: true });
          } catch (error) {
            if (isStatus(error, 409)) throw nameTaken(error, draft.organization_name);
            throw error;
          }
          setSentTo(values.email);
        }}
      >
        <Field label="E-mail address" hint="We'll send a link to verify it." error={errors.email?.message}>
          <Input type="email" autoComplete="username" size="lg" {...form.register("email")} />
        </Field>
        <Field label="Password" error={errors.password?.message}>
          <PasswordInput autoComplete="new-password" size="lg" {...form.register("password")} />
        </Field>
        <PasswordRules password={password} email={email} />
        <div className="flex gap-2">
          <ButtonLink to="/register/step-1" size="lg">
            Back
          </ButtonLink>
          <Button type="submit" variant="primary" size="lg" isBusy={isSubmitting} className="flex-1">
            Register
          </Button>
        </div>
      </Form>
    </>
  );
}

function nameTaken(error: ApiError, name: string): ApiError {
  return new ApiError(409, error.slug, error.title, `An organization named “${name}” is already registered. Go back and choose another name, or ask its owner to invite you.`);
}

function CheckMail({ email }: { email: string }) {
  return (
    <EmptyState heading="h1" icon={MailIcon} title="Check your e-mail" action={<ResendVerification email={email} />}>
      We sent a link to <strong className="font-medium text-ink">{email}</strong>. Open the link to verify your address, then sign in.
    </EmptyState>
  );
}
