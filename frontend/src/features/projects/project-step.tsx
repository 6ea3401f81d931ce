import { useMutation } from "@tanstack/react-query";
import * as z from "zod/mini";
import { changeProjectStatus, type ProjectOut, type StatusChange } from "@/api/generated";
import { zStatusChange } from "@/api/schemas/projects/zod.gen";
import { useCloseGuard } from "@/lib/close-guard";
import { FailureNotice } from "@/lib/failure/failure-notice";
import { field, Form, useSchemaForm } from "@/lib/form";
import { useKeptWork } from "@/lib/kept-work/use-kept-work";
import { useRefresh } from "@/lib/refresh";
import { Button } from "@/ui/primitives/button";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { Dialog } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { useToast } from "@/ui/primitives/toast";
import { changedByProject } from "./changes";
import { archiveForm } from "./forms";
import { useProjectLook } from "./project-status";
import { closing, earlyArchive, projectMenu, steps } from "./texts";

export type Step = keyof typeof steps;

const FORM_ID = "project-step";
const schema = z.object({ reason: field(zStatusChange.shape.reason, { missing: earlyArchive.reason.missing }) });

/** Asks before a step that a person makes by hand, loaded when one is chosen; a step out of turn asks for the reason. */
export default function ProjectStep({ project, step, onClose }: { project: ProjectOut; step: Step; onClose: () => void }) {
  return project.next_statuses.includes(step) ? <StepDialog project={project} step={step} onClose={onClose} /> : <ArchiveDialog project={project} onClose={onClose} />;
}

function useMove(project: ProjectOut, step: Step, onMoved: () => void) {
  const refresh = useRefresh();
  const toast = useToast();
  return useMutation({
    mutationFn: async (reasons: Pick<StatusChange, "override" | "reason">) => changeProjectStatus({ path: { project_id: project.id }, body: { status: step, ...reasons }, throwOnError: true }),
    onSuccess: async () => {
      await refresh(changedByProject(project.id));
      onMoved();
      toast(steps[step].done);
    },
  });
}

function StepDialog({ project, step, onClose }: { project: ProjectOut; step: Step; onClose: () => void }) {
  const move = useMove(project, step, onClose);
  const { question, description, verb } = steps[step];
  return (
    <ConfirmDialog isOpen onOpenChange={onClose} title={question} description={description(project.title)} verb={verb} isBusy={move.isPending} onConfirm={() => move.mutate({})}>
      {step === "ARCHIVED" && <Closing project={project} />}
      <FailureNotice of={move} />
    </ConfirmDialog>
  );
}

/** Tells what becomes of a proposal that waits for the client. */
function Closing({ project: { status, proposal_status: answer } }: { project: ProjectOut }) {
  const isUnpaid = status === "APPROVED" && answer === "APPROVED";
  if (answer !== "SENT" && !isUnpaid) return null;
  return <p className="text-base text-ink-2">{closing[answer]}</p>;
}

/** Archives a project before its work is done; the reason stays on the record. */
function ArchiveDialog({ project, onClose }: { project: ProjectOut; onClose: () => void }) {
  const move = useMove(project, "ARCHIVED", onClose);
  const form = useSchemaForm(schema, { reason: "" });
  const { close, question } = useCloseGuard(form.formState, onClose);
  const { label: standing } = useProjectLook(project);
  const { notice } = useKeptWork(form, archiveForm(project.id));
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      title={steps.ARCHIVED.question}
      description={earlyArchive.description(project.title, standing)}
      actions={
        <>
          <Button onClick={close}>{projectMenu.cancel}</Button>
          <Button type="submit" form={FORM_ID} variant="primary" isBusy={form.formState.isSubmitting}>
            {steps.ARCHIVED.verb}
          </Button>
        </>
      }
    >
      <Form id={FORM_ID} form={form} onSubmit={async ({ reason }) => {
          await move.mutateAsync({ override: true, reason });
        }}
      >
        {notice}
        <Closing project={project} />
        <Field label={earlyArchive.reason.label} hint={earlyArchive.reason.hint} error={form.formState.errors.reason?.message}>
          <Input {...form.register("reason")} />
        </Field>
      </Form>
      {question}
    </Dialog>
  );
}
