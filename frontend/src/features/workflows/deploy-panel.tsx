import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import { deployWorkflow, type TemplateSummary } from "@/api/generated";
import { zNewWorkflow } from "@/api/schemas/workflows/zod.gen";
import { useCloseGuard } from "@/lib/close-guard";
import { field, Form, useSchemaForm } from "@/lib/form";
import { useRefresh } from "@/lib/refresh";
import { RichText } from "@/ui/patterns/rich-text";
import { Button } from "@/ui/primitives/button";
import { SidePanel } from "@/ui/primitives/dialog";
import { Field } from "@/ui/primitives/field";
import { TextLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { Select } from "@/ui/primitives/select";
import { useToast } from "@/ui/primitives/toast";
import { changedByDeployment } from "./changes";
import { ParameterField } from "./parameter-field";
import { environmentsOptions, templatesOptions } from "./queries";
import { deployment } from "./texts/deploy";

const FORM_ID = "deploy-workflow";
const schema = z.object({
  template_id: field(zNewWorkflow.shape.template_id, { missing: deployment.errors.template }),
  environment_id: field(zNewWorkflow.shape.environment_id, { missing: deployment.errors.server }),
  parameters: z.record(z.string(), z.union([z.string(), z.boolean()])),
});

type DeployForm = ReturnType<typeof useSchemaForm<typeof schema>>;

/** Deploys a template for a project, with this client's values. */
export default function DeployPanel({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const templates = useQuery(templatesOptions());
  const environments = useQuery(environmentsOptions());
  const form = useSchemaForm(schema, { template_id: "", environment_id: "", parameters: {} });
  const refresh = useRefresh();
  const navigate = useNavigate();
  const toast = useToast();
  const templateId = useWatch({ control: form.control, name: "template_id" });
  const { errors, isSubmitting } = form.formState;
  const { close, question } = useCloseGuard(form.formState, onClose);
  const usable = environments.data?.items.filter((environment) => environment.is_active) ?? [];
  const template = templates.data?.items.find((row) => row.id === templateId);
  const isMissing = (templates.data?.items.length === 0 || (environments.data && usable.length === 0)) ?? false;
  return (
    <SidePanel
      isOpen
      onOpenChange={close}
      title={deployment.title}
      description={deployment.hint}
      footer={
        <>
          <Button onClick={close}>{deployment.cancel}</Button>
          <Button type="submit" form={FORM_ID} variant="primary" isBusy={isSubmitting}>
            {deployment.title}
          </Button>
        </>
      }
    >
      <Form
        id={FORM_ID}
        form={form}
        onSubmit={async ({ parameters, ...body }) => {
          if (template && hasWrongNumber(template, parameters, form)) return;
          await deployWorkflow({ body: { ...body, project_id: projectId, parameters: template ? typed(template, parameters) : {} }, throwOnError: true });
          await refresh(changedByDeployment(projectId));
          onClose();
          toast(deployment.started, template?.name);
          await navigate({ to: "/projects/$projectId", params: { projectId }, search: { tab: "workflows" } });
        }}
      >
        {isMissing && (
          <Notice tone="warn" title={deployment.missing.title}>
            <RichText text={deployment.missing.hint} parts={{ page: (words) => <TextLink to="/admin/workflows">{words}</TextLink> }} />
          </Notice>
        )}
        <Field label={deployment.template} error={errors.template_id?.message}>
          <Select {...form.register("template_id")}>
            <option value="">{deployment.choose}</option>
            {templates.data?.items.map((row) => (
              <option key={row.id} value={row.id}>
                {deployment.version(row.name, row.version)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={deployment.server} hint={deployment.serverHint} error={errors.environment_id?.message}>
          <Select {...form.register("environment_id")}>
            <option value="">{deployment.choose}</option>
            {usable.map((row) => (
              <option key={row.id} value={row.id}>
                {row.name}
              </option>
            ))}
          </Select>
        </Field>
        {template?.parameters.map((parameter) => (
          <ParameterField
            key={`${template.id} ${parameter.key}`}
            parameter={parameter}
            error={errors.parameters?.[parameter.key]?.message}
            register={() => form.register(`parameters.${parameter.key}`)}
          />
        ))}
      </Form>
      {question}
    </SidePanel>
  );
}

/** Says so at the field where a number is asked for and something else was written. */
function hasWrongNumber(template: TemplateSummary, values: Record<string, string | boolean>, form: DeployForm): boolean {
  const wrong = template.parameters.filter(({ key, type }) => type === "NUMBER" && values[key] && !Number.isFinite(Number(values[key])));
  for (const { key } of wrong) form.setError(`parameters.${key}`, { message: deployment.errors.number });
  return wrong.length > 0;
}

/** Gives the values in the types that the template asks for; what was left empty stays the template's default. */
function typed(template: TemplateSummary, values: Record<string, string | boolean>): Record<string, string | number | boolean> {
  const body: Record<string, string | number | boolean> = {};
  for (const { key, type } of template.parameters) {
    const value = values[key];
    if (value === undefined || value === "") continue;
    body[key] = type === "NUMBER" ? Number(value) : value;
  }
  return body;
}
