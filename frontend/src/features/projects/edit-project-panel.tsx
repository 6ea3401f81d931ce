import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { updateProject, type ProjectOut } from "@/api/generated";
import { zNewProject } from "@/api/schemas/projects/zod.gen";
import { useCloseGuard } from "@/lib/close-guard";
import { field, Form, useSchemaForm } from "@/lib/form";
import { useKeptWork, useWorkFound } from "@/lib/kept-work/use-kept-work";
import { isStatus } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { Button } from "@/ui/primitives/button";
import { SidePanel } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Notice } from "@/ui/primitives/notice";
import { Textarea } from "@/ui/primitives/textarea";
import { useToast } from "@/ui/primitives/toast";
import { changedByProject } from "./changes";
import { editForm } from "./forms";
import { projectOptions } from "./queries";
import { editProject, newProject } from "./texts";

const FORM_ID = "edit-project";
const schema = z.object({
  title: field(zNewProject.shape.title, { missing: newProject.name.missing }),
  description: field(zNewProject.shape.description),
});
type Edited = z.input<typeof schema>;

/** Changes what a project is called and says. */
export default function EditProjectPanel({ project, onClose }: { project: ProjectOut; onClose: () => void }) {
  // What is edited stays what it was, whatever the page hears meanwhile.
  const found = useWorkFound<Edited, number>(editForm(project.id));
  const [base, setBase] = useState({ ...project, revision: found?.base ?? project.revision });
  const [isOutdated, setOutdated] = useState(false);
  const form = useSchemaForm(schema, { title: base.title, description: base.description });
  const { dirtyFields, errors, isSubmitting } = form.formState;
  const { close, question } = useCloseGuard(form.formState, onClose);
  const { notice } = useKeptWork(form, editForm(project.id), () => base.revision);
  const client = useQueryClient();
  const refresh = useRefresh();
  const toast = useToast();
  return (
    <SidePanel
      isOpen
      onOpenChange={close}
      title={editProject.title}
      description={editProject.description}
      footer={
        <>
          <Button onClick={close}>{editProject.cancel}</Button>
          <Button type="submit" form={FORM_ID} variant="primary" isBusy={isSubmitting}>
            {editProject.save}
          </Button>
        </>
      }
    >
      <Form
        id={FORM_ID}
        form={form}
        onSubmit={async ({ title, description }) => {
          setOutdated(false);
          try {
            await updateProject({
              path: { project_id: project.id },
              // What somebody else changed beside it stays theirs.
              body: { ...(dirtyFields.title ? { title } : {}), ...(dirtyFields.description ? { description } : {}) },
              headers: { "If-Match": `"${String(base.revision)}"` },
              throwOnError: true,
            });
          } catch (error) {
            if (!isStatus(error, 412)) throw error;
            const latest = await client.query({ ...projectOptions(project.id), staleTime: 0 });
            setBase(latest);
            form.reset({ title: latest.title, description: latest.description }, { keepDirtyValues: true });
            setOutdated(true);
            return;
          }
          await refresh(changedByProject(project.id));
          onClose();
          toast(editProject.done);
        }}
      >
        {notice}
        {isOutdated && (
          <Notice tone="warn" title={editProject.outdated.title(base.title)}>
            {editProject.outdated.hint}
          </Notice>
        )}
        <Field label={newProject.name.label} error={errors.title?.message}>
          <Input {...form.register("title")} />
        </Field>
        <Field label={newProject.about.label} isOptional error={errors.description?.message}>
          <Textarea rows={6} {...form.register("description")} />
        </Field>
      </Form>
      {question}
    </SidePanel>
  );
}
