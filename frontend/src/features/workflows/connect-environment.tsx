import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { createWorkflowEnvironment } from "@/api/generated";
import { zNewEnvironment } from "@/api/schemas/workflows/zod.gen";
import { field, Form, useSchemaForm } from "@/lib/form";
import { versionOptions } from "@/lib/version";
import { useRefresh } from "@/lib/refresh";
import { PlusIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { SidePanel } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { OutsideLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { PasswordInput } from "@/ui/primitives/password-input";
import { useToast } from "@/ui/primitives/toast";
import { changedByEnvironment } from "./changes";

const FORM_ID = "connect-environment";
const schema = z.object({
  name: field(zNewEnvironment.shape.name, { missing: "Enter a name." }),
  base_url: field(zNewEnvironment.shape.base_url, { missing: "Enter the server's address.", invalid: "Enter an address that begins with https://.", pattern: /^https?:\/\/\S/ }),
  api_key: field(zNewEnvironment.shape.api_key, { missing: "Paste the API key.", invalid: "An API key has no spaces or accented letters. Copy it again." }),
});

/** Connects an n8n server. */
export function ConnectEnvironment({ variant = "primary" }: { variant?: "primary" | "secondary" }) {
  const [isOpen, setOpen] = useState(false);
  const form = useSchemaForm(schema, { name: "", base_url: "", api_key: "" });
  const refresh = useRefresh();
  const toast = useToast();
  const { errors, isSubmitting } = form.formState;
  return (
    <>
      <Button variant={variant} icon={PlusIcon} onClick={() => setOpen(true)}>
        Connect environment
      </Button>
      <SidePanel
        isOpen={isOpen}
        onOpenChange={setOpen}
        title="Connect environment"
        description="Add an n8n server to run workflows on."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" form={FORM_ID} variant="primary" isBusy={isSubmitting}>
              Connect environment
            </Button>
          </>
        }
      >
        <Form
          id={FORM_ID}
          form={form}
          onSubmit={async (body) => {
            const { data } = await createWorkflowEnvironment({ body, throwOnError: true });
            await refresh(changedByEnvironment());
            form.reset();
            setOpen(false);
            toast(data.is_reachable ? "Connected" : "Saved, but the server didn't respond", data.version ? `n8n ${data.version}` : undefined);
          }}
        >
          <LocalHint />
          <Field label="Name" error={errors.name?.message}>
            <Input {...form.register("name")} />
          </Field>
          <Field label="Address" hint="For example https://n8n.example.com." error={errors.base_url?.message}>
            <Input type="url" {...form.register("base_url")} />
          </Field>
          <Field label="API key" hint="In n8n, go to Settings, then n8n API. The key is encrypted and never shown again." error={errors.api_key?.message}>
            <PasswordInput autoComplete="off" {...form.register("api_key")} />
          </Field>
        </Form>
      </SidePanel>
    </>
  );
}

/** Says where a local run's stand-in tells its address and key. */
function LocalHint() {
  const { data } = useQuery(versionOptions());
  if (data?.environment !== "local") return null;
  return (
    <Notice title="A local n8n is running">
      <p>
        Find its address and key{" "}
        <OutsideLink href="/dev/n8n/" target="_blank" rel="noreferrer">
          on its own page
        </OutsideLink>
        .
      </p>
    </Notice>
  );
}
