import * as z from "zod/mini";
import { triggerWorkflow, type WorkflowOut } from "@/api/generated";
import { useCloseGuard } from "@/lib/close-guard";
import { Form, useSchemaForm } from "@/lib/form";
import { useRefresh } from "@/lib/refresh";
import { Button } from "@/ui/primitives/button";
import { Dialog } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { Textarea } from "@/ui/primitives/textarea";
import { useToast } from "@/ui/primitives/toast";
import { changedByWorkflow } from "./changes";
import { run as texts } from "./texts/run";

const FORM_ID = "run-workflow";
const jsonObject = z.record(z.string(), z.json());
const schema = z.object({ payload: z.string().check(z.refine((text) => readPayload(text) !== null, texts.errors.input)) });

function readPayload(text: string): z.infer<typeof jsonObject> | null {
  if (text.trim() === "") return {};
  try {
    const read = jsonObject.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** Starts a run, with what the workflow's webhook shall receive. */
export default function RunDialog({ workflow, onClose }: { workflow: WorkflowOut; onClose: () => void }) {
  const form = useSchemaForm(schema, { payload: "" });
  const { close, question } = useCloseGuard(form.formState, onClose);
  const refresh = useRefresh();
  const toast = useToast();
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      title={texts.title(workflow.name)}
      description={texts.hint}
      actions={
        <>
          <Button onClick={close}>{texts.cancel}</Button>
          <Button type="submit" form={FORM_ID} variant="primary" isBusy={form.formState.isSubmitting}>
            {texts.verb}
          </Button>
        </>
      }
    >
      <Form
        id={FORM_ID}
        form={form}
        onSubmit={async ({ payload }) => {
          await triggerWorkflow({ path: { workflow_id: workflow.id }, body: { payload: readPayload(payload) ?? {} }, throwOnError: true });
          await refresh(changedByWorkflow(workflow));
          onClose();
          toast(texts.done);
        }}
      >
        <Field label={texts.input} isOptional hint={texts.inputHint} error={form.formState.errors.payload?.message}>
          <Textarea className="font-mono text-sm" spellCheck={false} {...form.register("payload")} />
        </Field>
      </Form>
      {question}
    </Dialog>
  );
}
