import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { changeProjectStatus, type ProjectOut, type ProjectStatus, type StatusChange } from "@/api/generated";
import { zStatusChange } from "@/api/schemas/projects/zod.gen";
import { field, Form, useSchemaForm } from "@/lib/form";
import { toApiError } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { ForwardIcon, MoreIcon } from "@/ui/icon";
import { Button, IconButton } from "@/ui/primitives/button";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { Dialog } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Menu, MenuItem } from "@/ui/primitives/menu";
import { Notice } from "@/ui/primitives/notice";
import { useToast } from "@/ui/primitives/toast";
import { changedByProject } from "./changes";
import { PROJECT_STATUSES } from "./project-status";

const VERBS: Partial<Record<ProjectStatus, string>> = { COMPLETED: "Complete project", ARCHIVED: "Archive project", IN_PROGRESS: "Start work" };
const FORM_ID = "project-step";
const schema = z.object({ reason: field(zStatusChange.shape.reason, { missing: "Enter a reason." }) });

/** Holds the steps that a person makes by hand; sending, approving and paying make the others. */
export function ProjectMenu({ project }: { project: ProjectOut }) {
  const [target, setTarget] = useState<ProjectStatus>();
  const steps = project.next_statuses.filter((status) => VERBS[status]);
  // What came to nothing is put away from wherever it stands.
  if (project.status !== "ARCHIVED" && !steps.includes("ARCHIVED")) steps.push("ARCHIVED");
  if (steps.length === 0) return null;
  return (
    <>
      <Menu trigger={<IconButton icon={MoreIcon} label="More for this project" variant="secondary" />}>
        {steps.map((status) => (
          <MenuItem key={status} icon={ForwardIcon} onSelect={() => setTarget(status)}>
            {VERBS[status]}
          </MenuItem>
        ))}
      </Menu>
      {target && (project.next_statuses.includes(target) ? <StepDialog project={project} target={target} onClose={() => setTarget(undefined)} /> : <ArchiveDialog project={project} onClose={() => setTarget(undefined)} />)}
    </>
  );
}

function useMove(project: ProjectOut, onMoved: () => void) {
  const refresh = useRefresh();
  const toast = useToast();
  return useMutation({
    mutationFn: async (body: StatusChange) => changeProjectStatus({ path: { project_id: project.id }, body, throwOnError: true }),
    onSuccess: async (_, { status }) => {
      await refresh(changedByProject(project.id));
      onMoved();
      toast(`Project is now ${PROJECT_STATUSES[status].label.toLowerCase()}`);
    },
  });
}

function StepDialog({ project, target, onClose }: { project: ProjectOut; target: ProjectStatus; onClose: () => void }) {
  const move = useMove(project, onClose);
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`${VERBS[target] ?? ""}?`}
      description={`“${project.title}” moves from ${PROJECT_STATUSES[project.status].label.toLowerCase()} to ${PROJECT_STATUSES[target].label.toLowerCase()}. The client sees it.`}
      verb={VERBS[target] ?? "Move on"}
      isBusy={move.isPending}
      onConfirm={() => move.mutate({ status: target })}
    >
      {move.error && <Notice tone="bad" title={toApiError(move.error).detail} />}
    </ConfirmDialog>
  );
}

/** Archives a project before its work is done; the reason stays on the record. */
function ArchiveDialog({ project, onClose }: { project: ProjectOut; onClose: () => void }) {
  const move = useMove(project, onClose);
  const form = useSchemaForm(schema, { reason: "" });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Archive project?"
      description={`“${project.title}” is ${PROJECT_STATUSES[project.status].label.toLowerCase()} and takes no new proposals once it is archived. The client sees that, and your reason.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={FORM_ID} variant="primary" isBusy={form.formState.isSubmitting}>
            Archive project
          </Button>
        </>
      }
    >
      <Form id={FORM_ID} form={form} onSubmit={async ({ reason }) => {
          await move.mutateAsync({ status: "ARCHIVED", override: true, reason });
        }}
      >
        <Field label="Reason" hint="For example: the client chose not to go ahead." error={form.formState.errors.reason?.message}>
          <Input {...form.register("reason")} />
        </Field>
      </Form>
    </Dialog>
  );
}
