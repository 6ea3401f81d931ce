import { useNavigate } from "@tanstack/react-router";
import { useController } from "react-hook-form";
import * as z from "zod/mini";
import { createProject } from "@/api/generated";
import { zNewProject } from "@/api/schemas/projects/zod.gen";
import { useCloseGuard } from "@/lib/close-guard";
import { field, Form, useSchemaForm } from "@/lib/form";
import { useKeptWork } from "@/lib/kept-work/use-kept-work";
import { useClientSearch } from "@/lib/list/client-search";
import { useRefresh } from "@/lib/refresh";
import { Button } from "@/ui/primitives/button";
import { Combobox } from "@/ui/primitives/combobox";
import { SidePanel } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Textarea } from "@/ui/primitives/textarea";
import { useToast } from "@/ui/primitives/toast";
import { changedByProject } from "./changes";
import { NEW_PROJECT } from "./forms";
import { newProject } from "./texts";

const FORM_ID = "new-project";
const schema = z.object({
  org_id: field(zNewProject.shape.org_id, { missing: newProject.client.missing }),
  title: field(zNewProject.shape.title, { missing: newProject.name.missing }),
  description: field(zNewProject.shape.description),
});

/** Creates a project for a client, beside the list. */
export default function NewProjectPanel({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const form = useSchemaForm(schema, { org_id: "", title: "", description: "" });
  const clients = useClientSearch(isOpen);
  const { notice } = useKeptWork(form, NEW_PROJECT);
  const refresh = useRefresh();
  const navigate = useNavigate();
  const toast = useToast();
  const { field: { ref, value: orgId, onChange } } = useController({ control: form.control, name: "org_id" });
  const { errors, isSubmitting } = form.formState;
  const { close, question } = useCloseGuard(form.formState, () => onOpenChange(false));
  return (
    <SidePanel
      isOpen={isOpen}
      onOpenChange={close}
      title={newProject.title}
      description={newProject.description}
      footer={
        <>
          <Button onClick={close}>{newProject.cancel}</Button>
          <Button type="submit" form={FORM_ID} variant="primary" isBusy={isSubmitting}>
            {newProject.create}
          </Button>
        </>
      }
    >
      <Form
        id={FORM_ID}
        form={form}
        onSubmit={async (body) => {
          const { data } = await createProject({ body, throwOnError: true });
          await refresh(changedByProject(data.id));
          form.reset();
          onOpenChange(false);
          toast(newProject.created, data.code);
          await navigate({ to: "/projects/$projectId", params: { projectId: data.id } });
        }}
      >
        {notice}
        <Field label={newProject.client.label} hint={newProject.client.hint} error={errors.org_id?.message}>
          <Combobox {...clients} ref={ref} value={orgId || null} onChange={(value) => onChange(value ?? "")} />
        </Field>
        <Field label={newProject.name.label} error={errors.title?.message}>
          <Input {...form.register("title")} />
        </Field>
        <Field label={newProject.about.label} isOptional hint={newProject.about.hint} error={errors.description?.message}>
          <Textarea {...form.register("description")} />
        </Field>
      </Form>
      {question}
    </SidePanel>
  );
}
