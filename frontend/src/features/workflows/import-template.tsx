import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { inspectWorkflowFile, type InspectionOut, type NewTemplate } from "@/api/generated";
import { toApiError } from "@/lib/problem";
import { PlusIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { SidePanel } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { FileInput } from "@/ui/primitives/file-input";
import { Notice } from "@/ui/primitives/notice";
import { Spinner } from "@/ui/primitives/spinner";
import { TEMPLATE_FORM_ID, TemplateForm } from "./template-form";

interface Inspected {
  definition: NewTemplate["definition"];
  inspection: InspectionOut;
}

/** Imports a workflow file: the server looks into it, a person ticks what each deployment decides. */
export function ImportTemplate({ variant = "primary" }: { variant?: "primary" | "secondary" }) {
  const [isOpen, setOpen] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const inspect = useMutation({
    mutationFn: async (file: File): Promise<Inspected> => {
      const definition = await readDefinition(file);
      return { definition, inspection: (await inspectWorkflowFile({ body: { definition }, throwOnError: true })).data };
    },
  });
  function toggle(open: boolean) {
    setOpen(open);
    if (!open) inspect.reset();
  }
  return (
    <>
      <Button variant={variant} icon={PlusIcon} onClick={() => toggle(true)}>
        Import template
      </Button>
      <SidePanel
        isOpen={isOpen}
        onOpenChange={toggle}
        title="Import template"
        description="A workflow exported from n8n (.json)."
        className="sm:w-[36rem]"
        footer={
          <>
            <Button onClick={() => toggle(false)}>Cancel</Button>
            <Button type="submit" form={TEMPLATE_FORM_ID} variant="primary" isBusy={isSaving} disabled={!inspect.data}>
              Import template
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-5">
          <Field label="Workflow file">
            <FileInput accept="application/json,.json" prompt="A .json file" onFile={(file) => inspect.mutate(file)} />
          </Field>
          {inspect.isPending && (
            <p className="flex items-center gap-2 text-ink-2">
              <Spinner /> Reading the file
            </p>
          )}
          {inspect.error && <Notice tone="bad" title={describe(inspect.error)} />}
          {inspect.data && (
            <TemplateForm key={inspect.submittedAt} {...inspect.data} onBusy={setSaving} onDone={() => toggle(false)} />
          )}
        </div>
      </SidePanel>
    </>
  );
}

async function readDefinition(file: File): Promise<NewTemplate["definition"]> {
  try {
    return JSON.parse(await file.text()) as NewTemplate["definition"];
  } catch {
    throw new SyntaxError("This isn't a JSON file. In n8n, choose Download in the workflow's menu.");
  }
}

function describe(error: Error): string {
  if (error instanceof SyntaxError) return error.message;
  const trouble = toApiError(error);
  return trouble.fields[0]?.detail ?? trouble.detail;
}
