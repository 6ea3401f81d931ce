import { useState } from "react";
import * as z from "zod/mini";
import { testWorkflowEnvironment, updateWorkflowEnvironment, type EnvironmentOut } from "@/api/generated";
import { zNewEnvironment } from "@/api/schemas/workflows/zod.gen";
import { useCloseGuard } from "@/lib/close-guard";
import { field, Form, useFirstFocus, useSchemaForm } from "@/lib/form";
import { useRefresh } from "@/lib/refresh";
import { Button } from "@/ui/primitives/button";
import { SidePanel } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Notice } from "@/ui/primitives/notice";
import { PasswordInput } from "@/ui/primitives/password-input";
import { useToast } from "@/ui/primitives/toast";
import { changedByEnvironment } from "./changes";
import { connecting, correcting, servers } from "./texts/admin";

const FORM_ID = "correct-connection";
const schema = z.object({
  base_url: field(zNewEnvironment.shape.base_url, { missing: connecting.errors.address, invalid: connecting.errors.addressForm, pattern: /^https?:\/\/\S/ }),
  api_key: field(zNewEnvironment.shape.api_key, { missing: connecting.errors.key, invalid: connecting.errors.keyForm }),
});

/** Says why a saved n8n server could not be connected, and takes another key or address until it can be. */
export function CorrectConnection({ environment, onClose }: { environment: EnvironmentOut; onClose: () => void }) {
  const [checked, setChecked] = useState(environment);
  const form = useSchemaForm(schema, { base_url: environment.base_url, api_key: "" });
  const refresh = useRefresh();
  const toast = useToast();
  const { isSubmitting } = form.formState;
  const { close, question } = useCloseGuard(form.formState, leave);
  function leave() {
    onClose();
    // Not before: the list of servers takes the place of what opened this.
    void refresh(changedByEnvironment());
  }
  return (
    <SidePanel
      isOpen
      onOpenChange={close}
      title={correcting.title(environment.name)}
      footer={
        <>
          <Button onClick={close}>{connecting.cancel}</Button>
          <Button type="submit" form={FORM_ID} variant="primary" isBusy={isSubmitting}>
            {correcting.verb}
          </Button>
        </>
      }
    >
      <Form
        id={FORM_ID}
        form={form}
        onSubmit={async (body) => {
          const path = { environment_id: environment.id };
          await updateWorkflowEnvironment({ path, body, throwOnError: true });
          const { data } = await testWorkflowEnvironment({ path, throwOnError: true });
          if (!data.is_reachable) {
            setChecked(data);
            // What was typed is saved: closing now loses nothing, and the next key is another one.
            form.reset({ base_url: data.base_url, api_key: "" });
            form.setFocus("api_key");
            return;
          }
          leave();
          toast(servers.connected, data.version ? servers.running(data.version) : undefined);
        }}
      >
        {checked.check_failure && (
          <Notice tone="bad" title={correcting.failed}>
            {checked.check_failure}
          </Notice>
        )}
        <Fields form={form} />
      </Form>
      {question}
    </SidePanel>
  );
}

/** Begins at the key, which is what most often is wrong. A part of its own, since the panel shows its content a moment later. */
function Fields({ form }: { form: ReturnType<typeof useSchemaForm<typeof schema>> }) {
  const { errors } = form.formState;
  useFirstFocus(form, "api_key");
  return (
    <>
      <Field label={connecting.address} error={errors.base_url?.message}>
        <Input type="url" {...form.register("base_url")} />
      </Field>
      <Field label={connecting.key} hint={connecting.keyHint} error={errors.api_key?.message}>
        <PasswordInput autoComplete="off" {...form.register("api_key")} />
      </Field>
    </>
  );
}
