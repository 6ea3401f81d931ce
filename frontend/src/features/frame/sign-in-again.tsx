import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { login } from "@/api/generated";
import { field, Form, useSchemaForm } from "@/lib/form";
import { bareTransport } from "@/lib/http/bare-transport";
import { askAgain } from "@/lib/refresh";
import { accessToken, session } from "@/lib/session";
import { useMe } from "@/lib/session/me";
import { Button } from "@/ui/primitives/button";
import { Dialog } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { PasswordInput } from "@/ui/primitives/password-input";
import { reasonOf, signInAgain as texts } from "./texts/sign-in-again";

const FORM_ID = "sign-in-again";
const schema = z.object({ password: field(z.string(), { missing: texts.missing, isExact: true }) });

/** Asks whoever was signed in for their password, above the page that they were on; it cannot be read meanwhile. Somebody else leaves it. */
export default function SignInAgain({ reason, onLeave }: { reason: string | undefined; onLeave: () => void }) {
  const { email } = useMe();
  const [isLeaving, setLeaving] = useState(false);
  const queryClient = useQueryClient();
  const form = useSchemaForm(schema, { password: "" });
  const { errors, isSubmitting } = form.formState;
  return (
    <Dialog
      isOpen
      isAlone
      isVeiling
      onOpenChange={() => setLeaving(false)}
      title={isLeaving ? texts.leaving.title : texts.title}
      description={isLeaving ? texts.leaving.description : texts.description(reasonOf(reason))}
      actions={
        isLeaving ? (
          <>
            <Button onClick={() => setLeaving(false)}>{texts.leaving.back}</Button>
            <Button variant="danger" onClick={onLeave}>
              {texts.leaving.confirm}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => setLeaving(true)}>{texts.otherAccount}</Button>
            <Button type="submit" form={FORM_ID} variant="primary" isBusy={isSubmitting}>
              {texts.submit}
            </Button>
          </>
        )
      }
    >
      <Form
        id={FORM_ID}
        form={form}
        className={isLeaving ? "hidden" : undefined}
        onSubmit={async ({ password }) => {
          // Not by the transport of the pages: it waits for this very sign-in.
          const { data } = await login({ body: { email, password }, fetch: bareTransport, throwOnError: true });
          session.reopen(accessToken(data));
          // Meanwhile things have changed that nobody told this page.
          void askAgain(queryClient, "everything");
        }}
      >
        <Field label={texts.email}>
          {/* The password is what is asked for: it has the focus. */}
          <Input type="email" autoComplete="username" readOnly tabIndex={-1} value={email} />
        </Field>
        <Field label={texts.password} error={errors.password?.message}>
          <PasswordInput autoComplete="current-password" {...form.register("password")} />
        </Field>
      </Form>
    </Dialog>
  );
}
