import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { inspectWorkflowFile, type InspectionOut, type NewTemplate } from "@/api/generated";
import { useCloseGuard } from "@/lib/close-guard";
import { toApiError } from "@/lib/problem";
import { PlusIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { SidePanel } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { FileInput } from "@/ui/primitives/file-input";
import { Spinner } from "@/ui/primitives/spinner";
import { TEMPLATE_FORM_ID, TemplateForm } from "./template-form";
import { templateImport } from "./texts/admin";

const FILE_FORM_ID = "template-file";

interface Inspected {
  definition: NewTemplate["definition"];
  inspection: InspectionOut;
}

/** Imports a workflow file: the server looks into it, a person ticks what each deployment decides. */
export function ImportTemplate({ variant = "primary" }: { variant?: "primary" | "secondary" }) {
  const [isOpen, setOpen] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const inspect = useMutation({
    mutationFn: async (file: File): Promise<Inspected> => {
      const definition = await readDefinition(file);
      return { definition, inspection: (await inspectWorkflowFile({ body: { definition }, throwOnError: true })).data };
    },
  });
  function toggle(open: boolean) {
    setOpen(open);
    if (open) return;
    inspect.reset();
    setMissing(false);
  }
  const { close, question } = useCloseGuard({ isDirty: inspect.data !== undefined, isSubmitting: isSaving }, () => toggle(false));
  function choose(file: File) {
    setMissing(false);
    inspect.mutate(file);
  }
  return (
    <>
      <Button variant={variant} icon={PlusIcon} onClick={() => toggle(true)}>
        {templateImport.title}
      </Button>
      <SidePanel
        isOpen={isOpen}
        onOpenChange={close}
        title={templateImport.title}
        description={templateImport.hint}
        className="w-[36rem]"
        footer={
          <>
            <Button onClick={close}>{templateImport.cancel}</Button>
            <Button type="submit" form={inspect.data ? TEMPLATE_FORM_ID : FILE_FORM_ID} variant="primary" isBusy={isSaving || inspect.isPending}>
              {templateImport.title}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-5">
          <form
            id={FILE_FORM_ID}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              setMissing(true);
              event.currentTarget.querySelector("input")?.focus();
            }}
          >
            <Field label={templateImport.file} error={inspect.error ? describe(inspect.error) : isMissing ? templateImport.errors.file : undefined}>
              <FileInput accept="application/json,.json" prompt={templateImport.prompt} onFile={choose} />
            </Field>
          </form>
          {inspect.isPending && (
            <p className="flex items-center gap-2 text-ink-2">
              <Spinner /> {templateImport.reading}
            </p>
          )}
          {inspect.data && (
            <TemplateForm key={inspect.submittedAt} {...inspect.data} onBusy={setSaving} onDone={() => toggle(false)} />
          )}
        </div>
        {question}
      </SidePanel>
    </>
  );
}

async function readDefinition(file: File): Promise<NewTemplate["definition"]> {
  try {
    return JSON.parse(await file.text()) as NewTemplate["definition"];
  } catch {
    throw new SyntaxError(templateImport.unreadable);
  }
}

function describe(error: Error): string {
  if (error instanceof SyntaxError) return error.message;
  const trouble = toApiError(error);
  return trouble.fields[0]?.detail ?? trouble.detail;
}
