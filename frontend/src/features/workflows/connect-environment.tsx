import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { createWorkflowEnvironment, type EnvironmentOut } from "@/api/generated";
import { zNewEnvironment } from "@/api/schemas/workflows/zod.gen";
import { useCloseGuard } from "@/lib/close-guard";
import { field, Form, useSchemaForm } from "@/lib/form";
import { versionOptions } from "@/lib/version";
import { useRefresh } from "@/lib/refresh";
import { PlusIcon } from "@/ui/icon";
import { RichText } from "@/ui/patterns/rich-text";
import { Button } from "@/ui/primitives/button";
import { SidePanel } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { OutsideLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { PasswordInput } from "@/ui/primitives/password-input";
import { useToast } from "@/ui/primitives/toast";
import { changedByEnvironment } from "./changes";
import { CorrectConnection } from "./correct-connection";
import { connecting, servers } from "./texts/admin";

const FORM_ID = "connect-environment";
const schema = z.object({
  name: field(zNewEnvironment.shape.name, { missing: connecting.errors.name }),
  base_url: field(zNewEnvironment.shape.base_url, { missing: connecting.errors.address, invalid: connecting.errors.addressForm, pattern: /^https?:\/\/\S/ }),
  api_key: field(zNewEnvironment.shape.api_key, { missing: connecting.errors.key, invalid: connecting.errors.keyForm }),
});

/** Connects an n8n server. */
export function ConnectEnvironment({ variant = "primary" }: { variant?: "primary" | "secondary" }) {
  const [isOpen, setOpen] = useState(false);
  const [failed, setFailed] = useState<EnvironmentOut>();
  const form = useSchemaForm(schema, { name: "", base_url: "", api_key: "" });
  const refresh = useRefresh();
  const toast = useToast();
  const { errors, isSubmitting } = form.formState;
  const { close, question } = useCloseGuard(form.formState, leave);
  function leave() {
    form.reset();
    setOpen(false);
  }
  return (
    <>
      <Button variant={variant} icon={PlusIcon} onClick={() => setOpen(true)}>
        {connecting.title}
      </Button>
      <SidePanel
        isOpen={isOpen}
        onOpenChange={close}
        title={connecting.title}
        description={connecting.hint}
        footer={
          <>
            <Button onClick={close}>{connecting.cancel}</Button>
            <Button type="submit" form={FORM_ID} variant="primary" isBusy={isSubmitting}>
              {connecting.title}
            </Button>
          </>
        }
      >
        <Form
          id={FORM_ID}
          form={form}
          onSubmit={async (body) => {
            const { data } = await createWorkflowEnvironment({ body, throwOnError: true });
            if (!data.is_reachable) {
              leave();
              setFailed(data);
              return;
            }
            await refresh(changedByEnvironment());
            leave();
            toast(servers.connected, data.version ? servers.running(data.version) : undefined);
          }}
        >
          <LocalHint />
          <Field label={connecting.name} error={errors.name?.message}>
            <Input {...form.register("name")} />
          </Field>
          <Field label={connecting.address} hint={connecting.addressHint} error={errors.base_url?.message}>
            <Input type="url" {...form.register("base_url")} />
          </Field>
          <Field label={connecting.key} hint={connecting.keyHint} error={errors.api_key?.message}>
            <PasswordInput autoComplete="off" {...form.register("api_key")} />
          </Field>
        </Form>
        {question}
      </SidePanel>
      {failed && <CorrectConnection environment={failed} onClose={() => setFailed(undefined)} />}
    </>
  );
}

/** Says where a local run's stand-in tells its address and key. */
function LocalHint() {
  const { data } = useQuery(versionOptions());
  if (data?.environment !== "local") return null;
  return (
    <Notice title={connecting.local.title}>
      <p>
        <RichText
          text={connecting.local.hint}
          parts={{
            page: (words) => (
              <OutsideLink href="/dev/n8n/" target="_blank" rel="noreferrer">
                {words}
              </OutsideLink>
            ),
          }}
        />
      </p>
    </Notice>
  );
}
