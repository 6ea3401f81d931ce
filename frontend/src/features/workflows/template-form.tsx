import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import { createWorkflowTemplate, type InspectionOut, type NewTemplate } from "@/api/generated";
import { zNewTemplate, zParameterBody } from "@/api/schemas/workflows/zod.gen";
import { field, Form, useSchemaForm } from "@/lib/form";
import { useRefresh } from "@/lib/refresh";
import { Checkbox } from "@/ui/primitives/checkbox";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { useToast } from "@/ui/primitives/toast";
import { changedByTemplate } from "./changes";
import { candidatesOf, offeredLabel, toParameter, type Candidate } from "./parameters";
import { templateImport as texts } from "./texts/admin";

export const TEMPLATE_FORM_ID = "template";

const schema = z.object({
  name: field(zNewTemplate.shape.name, { missing: texts.errors.name }),
  category: field(zNewTemplate.shape.category, { missing: texts.errors.category }),
  picked: z.array(z.object({ isPicked: z.boolean(), label: field(zParameterBody.shape.label, { missing: texts.errors.label }) })),
});

export interface TemplateFormProps {
  definition: NewTemplate["definition"];
  inspection: InspectionOut;
  onBusy: (isBusy: boolean) => void;
  onDone: () => void;
}

/** Names the template and ticks the values that each deployment decides. */
export function TemplateForm({ definition, inspection, onBusy, onDone }: TemplateFormProps) {
  const candidates = candidatesOf(inspection);
  const form = useSchemaForm(schema, {
    name: inspection.name,
    category: texts.usualCategory,
    picked: candidates.map((candidate) => ({ isPicked: candidate.isSecret, label: offeredLabel(candidate) })),
  });
  const refresh = useRefresh();
  const toast = useToast();
  const { errors } = form.formState;
  return (
    <Form
      id={TEMPLATE_FORM_ID}
      form={form}
      onSubmit={async ({ picked, ...facts }) => {
        onBusy(true);
        try {
          const taken = new Set<string>();
          const parameters = candidates.flatMap((candidate, index) => {
            const pick = picked[index];
            return pick?.isPicked ? [toParameter(candidate, pick.label, taken)] : [];
          });
          await createWorkflowTemplate({ body: { ...facts, definition, parameters }, throwOnError: true });
          await refresh(changedByTemplate());
          toast(texts.done, facts.name);
          onDone();
        } finally {
          onBusy(false);
        }
      }}
    >
      <p className="text-sm text-ink-3">{texts.facts(inspection.nodes, inspection.trigger)}</p>
      <Field label={texts.name} error={errors.name?.message}>
        <Input {...form.register("name")} />
      </Field>
      <Field label={texts.category} error={errors.category?.message}>
        <Input {...form.register("category")} />
      </Field>
      <fieldset>
        <legend className="text-base font-medium">{texts.values}</legend>
        <p className="mb-3 text-sm text-ink-3">{texts.valuesHint}</p>
        {candidates.length === 0 ? (
          <p className="text-ink-2">{texts.noValues}</p>
        ) : (
          <ul className="divide-y divide-line rounded-control border border-line">
            {candidates.map((candidate, index) => (
              <Pick key={candidate.pointer} form={form} candidate={candidate} index={index} />
            ))}
          </ul>
        )}
      </fieldset>
    </Form>
  );
}

type PickForm = ReturnType<typeof useSchemaForm<typeof schema>>;

function Pick({ form, candidate, index }: { form: PickForm; candidate: Candidate; index: number }) {
  const isPicked = useWatch({ control: form.control, name: `picked.${index}.isPicked` });
  return (
    <li className="flex flex-col gap-2.5 p-3">
      <Checkbox
        label={candidate.label}
        hint={<span className="font-mono text-xs break-all">{candidate.isSecret ? texts.secret : candidate.preview || texts.noValue}</span>}
        {...form.register(`picked.${index}.isPicked`)}
      />
      {isPicked && (
        <Field label={texts.valueLabel} error={form.formState.errors.picked?.[index]?.label?.message} className="pl-6.5">
          <Input {...form.register(`picked.${index}.label`)} />
        </Field>
      )}
    </li>
  );
}
