import * as z from "zod/mini";
import { confirmSession } from "@/api/generated";
import { field, Form, useSchemaForm } from "@/lib/form";
import { Button } from "@/ui/primitives/button";
import { Dialog } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { PasswordInput } from "@/ui/primitives/password-input";
import { confirmIdentity as texts } from "./texts/app";

const FORM_ID = "confirm-identity";
const schema = z.object({ password: field(z.string(), { missing: texts.missing, isExact: true }) });

/** Asks for the password, loaded when it is first asked for. */
export default function ConfirmIdentity({ onSettled }: { onSettled: (isConfirmed: boolean) => void }) {
  const form = useSchemaForm(schema, { password: "" });
  const { errors, isSubmitting } = form.formState;
  return (
    <Dialog
      isOpen
      isAlone
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
