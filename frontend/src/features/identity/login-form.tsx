import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { discoverSignIn } from "@/api/generated";
import { zLoginBody } from "@/api/schemas/auth/zod.gen";
import { field, Form, useFirstFocus, useSchemaForm } from "@/lib/form";
import { ApiError } from "@/lib/problem";
import { PlainTitle } from "@/ui/patterns/plain-title";
import { Button } from "@/ui/primitives/button";
import { Checkbox } from "@/ui/primitives/checkbox";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { TextLink } from "@/ui/primitives/link";
import { PasswordInput } from "@/ui/primitives/password-input";
import { ADDRESS_WORDS } from "./address-words";
import { ResendVerification } from "./resend-verification";
import { signIn } from "./sign-in";

const address = z.object({ email: field(zLoginBody.shape.email, ADDRESS_WORDS) });
const credentials = z.object({ password: field(zLoginBody.shape.password, { missing: "Enter your password.", isExact: true }), remember_me: z.boolean() });

interface LoginFormProps {
  onDone: () => void;
  /** A session ended while a page was open, and this is where it led. */
  hasEnded?: boolean | undefined;
  /** Of whoever was signed in until then. */
  address?: string | undefined;
}

/** Signs in in two calm steps: the address first, then that address's ways in. */
export function LoginForm({ onDone, hasEnded = false, address = "" }: LoginFormProps) {
  const [known, setKnown] = useState<{ email: string; organization: string | null }>();
  if (!known) return <AddressStep hasEnded={hasEnded} initial={address} onKnown={setKnown} />;
  return <PasswordStep known={known} onDone={onDone} onOtherAddress={() => setKnown(undefined)} />;
}

interface AddressStepProps {
  hasEnded: boolean;
  initial: string;
  onKnown: (known: { email: string; organization: string | null }) => void;
}

function AddressStep({ hasEnded, initial, onKnown }: AddressStepProps) {
  const form = useSchemaForm(address, { email: initial });
  useFirstFocus(form, "email");
  return (
    <>
      <PlainTitle title="Sign in">{hasEnded ? "You were signed out. Sign in to continue where you left off." : "Enter your e-mail address to continue."}</PlainTitle>
      <Form
        form={form}
        onSubmit={async ({ email }) => {
          const { data } = await discoverSignIn({ query: { email }, throwOnError: true });
          onKnown({ email, organization: data.organization ?? null });
        }}
      >
        <Field label="E-mail address" error={form.formState.errors.email?.message}>
          <Input type="email" autoComplete="username" size="lg" {...form.register("email")} />
        </Field>
        <Button type="submit" variant="primary" size="lg" isBusy={form.formState.isSubmitting}>
          Continue
        </Button>
        <p className="text-sm text-ink-3">
          New here? <TextLink to="/register/step-1">Create an account</TextLink>
        </p>
      </Form>
    </>
  );
}

interface PasswordStepProps {
  known: { email: string; organization: string | null };
  onDone: () => void;
  onOtherAddress: () => void;
}

function PasswordStep({ known, onDone, onOtherAddress }: PasswordStepProps) {
  const queryClient = useQueryClient();
  const [isUnverified, setUnverified] = useState(false);
  const form = useSchemaForm(credentials, { password: "", remember_me: false });
  useFirstFocus(form, "password");
  return (
    <>
      <PlainTitle title="Sign in">{known.organization ? `Sign in to ${known.organization}.` : known.email}</PlainTitle>
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
        <Field label="E-mail address">
          <Input type="email" autoComplete="username" readOnly value={known.email} size="lg" />
        </Field>
        <Field label="Password" error={form.formState.errors.password?.message}>
          <PasswordInput autoComplete="current-password" size="lg" {...form.register("password")} />
        </Field>
        <Checkbox label="Keep me signed in" {...form.register("remember_me")} />
        <Button type="submit" variant="primary" size="lg" isBusy={form.formState.isSubmitting}>
          Sign in
        </Button>
        {isUnverified && <ResendVerification email={known.email} />}
        <p className="text-sm text-ink-3">
          Not you?{" "}
          <button type="button" onClick={onOtherAddress} className="text-accent hover:underline">
            Use another address
          </button>
        </p>
      </Form>
    </>
  );
}
