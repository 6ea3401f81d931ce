import { useCallback, useEffect, useRef, useState } from "react";
import * as z from "zod/mini";
import { confirmSession } from "@/api/generated";
import { askWith } from "@/lib/confirmation";
import { field, Form, useSchemaForm } from "@/lib/form";
import { Button } from "@/ui/primitives/button";
import { Dialog } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { PasswordInput } from "@/ui/primitives/password-input";
import { confirmIdentity as texts } from "./texts";

const FORM_ID = "confirm-identity";
const schema = z.object({ password: field(z.string(), { missing: texts.missing, isExact: true }) });

/** Asks for the password when the server wants to know that it is still you; what was begun then goes on by itself. */
export default function ConfirmIdentity() {
  const [isOpen, setOpen] = useState(false);
  const waiting = useRef<((isConfirmed: boolean) => void)[]>([]);
  const settle = useCallback((isConfirmed: boolean) => {
    setOpen(false);
    for (const answer of waiting.current.splice(0)) answer(isConfirmed);
  }, []);
  useEffect(
    () =>
      askWith(
        () =>
          new Promise<boolean>((resolve) => {
            waiting.current.push(resolve);
            setOpen(true);
          }),
      ),
    [],
  );
  return isOpen && <PasswordDialog onSettled={settle} />;
}

function PasswordDialog({ onSettled }: { onSettled: (isConfirmed: boolean) => void }) {
  const form = useSchemaForm(schema, { password: "" });
  const { errors, isSubmitting } = form.formState;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onSettled(false)}
      title={texts.title}
      description={texts.description}
      actions={
        <>
          <Button onClick={() => onSettled(false)}>{texts.cancel}</Button>
          <Button type="submit" form={FORM_ID} variant="primary" isBusy={isSubmitting}>
            {texts.confirm}
          </Button>
        </>
      }
    >
      <Form
        id={FORM_ID}
        form={form}
        onSubmit={async ({ password }) => {
          await confirmSession({ body: { password }, throwOnError: true });
          onSettled(true);
        }}
      >
        <Field label={texts.password} error={errors.password?.message}>
          <PasswordInput autoComplete="current-password" {...form.register("password")} />
        </Field>
      </Form>
    </Dialog>
  );
}
