import { Navigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useEffectEvent, useState } from "react";
import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import { register } from "@/api/generated";
import { zRegisterBody } from "@/api/schemas/auth/zod.gen";
import { BusinessContact } from "@/lib/business-contact";
import { useBranding } from "@/lib/face";
import { field, Form, useFirstFocus, useSchemaForm } from "@/lib/form";
import { ApiError, isStatus } from "@/lib/problem";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { RichText } from "@/ui/patterns/rich-text";
import { Button } from "@/ui/primitives/button";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { ButtonLink } from "@/ui/primitives/link";
import { PasswordInput } from "@/ui/primitives/password-input";
import { meetsPolicy } from "./password-policy";
import { PasswordRules } from "./password-rules";
import { rememberRegistered } from "./registered-address";
import { useRegistrationDraft } from "./registration-draft";
import { StepCount } from "./step-count";
import { address } from "./texts/address";
import { checkInbox, loginStep } from "./texts/register-credentials";

const ResendVerification = lazy(() => import("./resend-verification"));
const schema = z
  .object({
    email: field(zRegisterBody.shape.email, address.errors),
    password: field(zRegisterBody.shape.password, { missing: loginStep.password.missing, isExact: true }),
  })
  .check(z.refine(({ email, password }) => meetsPolicy(password, email), { path: ["password"], error: loginStep.password.weak }));

/** Asks for address and password, and creates the organization. */
export function RegisterCredentials() {
  const { draft, keep, forget } = useRegistrationDraft();
  const business = useBranding()?.name;
  const [sentTo, setSentTo] = useState<string>();
  const form = useSchemaForm(schema, { email: draft?.email ?? "", password: "" });
  const [email, password] = useWatch({ control: form.control, name: ["email", "password"] });
  useFirstFocus(form, "email");
  const keepEmail = useEffectEvent(() => {
    if (draft && draft.email !== email) keep({ ...draft, email });
  });
  useEffect(() => keepEmail(), [email]);
  const { errors, isSubmitting } = form.formState;
  if (!draft) return <Navigate to="/register/step-1" replace />;
  if (sentTo) return <CheckMail email={sentTo} />;
  return (
    <>
      <StepCount at={2} of={2} />
      <PlainTitle title={loginStep.title}>{loginStep.lead(draft.organization_name)}</PlainTitle>
      <Form
        form={form}
        onSubmit={async (values) => {
          try {
            await register({ body: { ...draft, ...values }, throwOnError: true });
          } catch (error) {
            if (isStatus(error, 409)) throw new ApiError(409, error.slug, error.title, loginStep.nameTaken(draft.organization_name, business));
            throw error;
          }
          forget();
          rememberRegistered(values.email);
          setSentTo(values.email);
        }}
      >
        <Field label={address.label} hint={loginStep.email.hint} error={errors.email?.message}>
          <Input type="email" autoComplete="username" size="lg" {...form.register("email")} />
        </Field>
        <Field label={loginStep.password.label} error={errors.password?.message}>
          <PasswordInput autoComplete="new-password" size="lg" {...form.register("password")} />
        </Field>
        <PasswordRules password={password} email={email} />
        <div className="flex gap-2">
          <ButtonLink to="/register/step-1" size="lg">
            {loginStep.back}
          </ButtonLink>
          <Button type="submit" variant="primary" size="lg" isBusy={isSubmitting} className="flex-1">
            {loginStep.submit}
          </Button>
        </div>
      </Form>
    </>
  );
}

function CheckMail({ email }: { email: string }) {
  const branding = useBranding();
  return (
    <div role="status">
      <PlainTitle title={checkInbox.title}>
        <RichText text={checkInbox.hint(email)} parts={{ email: (words) => <strong className="font-medium text-ink">{words}</strong> }} />
      </PlainTitle>
      <Suspense>
        <ResendVerification email={email} />
      </Suspense>
      <p className="mt-4 text-sm text-ink-3">
        {checkInbox.wrongAddress} <BusinessContact branding={branding} />
      </p>
    </div>
  );
}
