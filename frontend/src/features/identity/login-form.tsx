import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import * as z from "zod/mini";
import { discoverSignIn } from "@/api/generated";
import { zLoginBody } from "@/api/schemas/auth/zod.gen";
import { useBranding } from "@/lib/face";
import { field, Form, useFirstFocus, useSchemaForm } from "@/lib/form";
import { isWorkKept } from "@/lib/kept-work/kept-work";
import { ApiError } from "@/lib/problem";
import { isLeaving } from "@/lib/session/signed-in-mark";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { RichText } from "@/ui/patterns/rich-text";
import { Button } from "@/ui/primitives/button";
import { Checkbox } from "@/ui/primitives/checkbox";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { OutsideLink, TextLink } from "@/ui/primitives/link";
import { PasswordInput } from "@/ui/primitives/password-input";
import { signIn } from "./sign-in";
import { address } from "./texts/address";
import { addressStep, passwordStep } from "./texts/sign-in";

const ResendVerification = lazy(() => import("./resend-verification"));
const addressSchema = z.object({ email: field(zLoginBody.shape.email, address.errors) });
const credentials = z.object({ password: field(zLoginBody.shape.password, { missing: passwordStep.password.missing, isExact: true }), remember_me: z.boolean() });

/** The guide for whoever cannot sign in. */
const HELP = "/docs/your-account#if-you-cant-sign-in";

interface LoginFormProps {
  onDone: () => void;
  /** A session ended while a page was open, and this is where it led. */
  hasEnded?: boolean | undefined;
  /** Of whoever was signed in until then. */
  email?: string | undefined;
}

/** Signs in in two calm steps: the address first, then that address's ways in. */
export function LoginForm({ onDone, hasEnded = false, email = "" }: LoginFormProps) {
  const [known, setKnown] = useState<{ email: string; organization: string | null }>();
  if (!known) return <AddressStep hasEnded={hasEnded} initial={email} onKnown={setKnown} />;
  return <PasswordStep known={known} onDone={onDone} onOtherAddress={() => setKnown(undefined)} />;
}

interface AddressStepProps {
  hasEnded: boolean;
  initial: string;
  onKnown: (known: { email: string; organization: string | null }) => void;
}

function AddressStep({ hasEnded, initial, onKnown }: AddressStepProps) {
  const form = useSchemaForm(addressSchema, { email: initial });
  useFirstFocus(form, "email");
  return (
    <>
      <PlainTitle title={addressStep.title}><Lead hasEnded={hasEnded} /></PlainTitle>
      <Form
        form={form}
        onSubmit={async ({ email }) => {
          const { data } = await discoverSignIn({ query: { email }, throwOnError: true });
          onKnown({ email, organization: data.organization ?? null });
        }}
      >
        <Field label={address.label} error={form.formState.errors.email?.message}>
          <Input type="email" autoComplete="username" size="lg" {...form.register("email")} />
        </Field>
        <Button type="submit" variant="primary" size="lg" isBusy={form.formState.isSubmitting}>
          {addressStep.submit}
        </Button>
        <p className="text-sm text-ink-3">
          <RichText text={addressStep.register} parts={{ link: (words) => <TextLink to="/register/step-1">{words}</TextLink> }} />
        </p>
      </Form>
    </>
  );
}

/** Says why somebody is here, where they may not know. */
function Lead({ hasEnded }: Pick<AddressStepProps, "hasEnded">) {
  const business = useBranding()?.name;
  if (hasEnded) return <span role="alert">{isWorkKept() ? addressStep.endedWithWork : addressStep.ended}</span>;
  if (isLeaving())
    return (
      <span role="alert">
        <RichText text={addressStep.leaving} parts={{ link: (words) => <TextLink to="/logout">{words}</TextLink> }} />
      </span>
    );
  return addressStep.lead(business);
}

interface PasswordStepProps {
  known: { email: string; organization: string | null };
  onDone: () => void;
  onOtherAddress: () => void;
}

function PasswordStep({ known, onDone, onOtherAddress }: PasswordStepProps) {
  const queryClient = useQueryClient();
  const business = useBranding()?.name;
  const [isUnverified, setUnverified] = useState(false);
  const form = useSchemaForm(credentials, { password: "", remember_me: false });
  useFirstFocus(form, "password");
  return (
    <>
      <PlainTitle title={passwordStep.title}>{passwordStep.lead(known.organization ?? business)}</PlainTitle>
      <Form
        form={form}
        names={{ email: "password" }}
        onSubmit={async (values) => {
          try {
            await signIn({ email: known.email, ...values }, queryClient);
          } catch (error) {
            setUnverified(error instanceof ApiError && error.slug === "auth/email-not-verified");
            throw error;
          }
          onDone();
        }}
      >
        <Field label={address.label}>
          <Input type="email" autoComplete="username" readOnly value={known.email} size="lg" />
        </Field>
        <Field label={passwordStep.password.label} error={form.formState.errors.password?.message}>
          <PasswordInput autoComplete="current-password" size="lg" {...form.register("password")} />
        </Field>
        <Checkbox label={passwordStep.remember} {...form.register("remember_me")} />
        <Button type="submit" variant="primary" size="lg" isBusy={form.formState.isSubmitting}>
          {passwordStep.submit}
        </Button>
        {isUnverified && (
          <Suspense>
            <ResendVerification email={known.email} />
          </Suspense>
        )}
        <div className="flex flex-col gap-1.5 text-sm text-ink-3">
          <p>
            <RichText
              text={passwordStep.otherAddress}
              parts={{
                change: (words) => (
                  <button type="button" onClick={onOtherAddress} className="text-accent hover:underline">
                    {words}
                  </button>
                ),
              }}
            />
          </p>
          <OutsideLink href={HELP} className="self-start">
            {passwordStep.help}
          </OutsideLink>
        </div>
      </Form>
    </>
  );
}
