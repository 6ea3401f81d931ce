import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useWatch } from "react-hook-form";
import * as z from "zod/mini";
import { deployWorkflow, type TemplateSummary } from "@/api/generated";
import { zNewWorkflow } from "@/api/schemas/workflows/zod.gen";
import { field, Form, useSchemaForm } from "@/lib/form";
import { useRefresh } from "@/lib/refresh";
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

const FORM_ID = "deploy-workflow";
const schema = z.object({
  template_id: field(zNewWorkflow.shape.template_id, { missing: "Choose a template." }),
  environment_id: field(zNewWorkflow.shape.environment_id, { missing: "Choose an environment." }),
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
  const usable = environments.data?.items.filter((environment) => environment.is_active) ?? [];
  const template = templates.data?.items.find((row) => row.id === templateId);
  const isMissing = (templates.data?.items.length === 0 || (environments.data && usable.length === 0)) ?? false;
  return (
    <SidePanel
      isOpen
      onOpenChange={onClose}
      title="Deploy workflow"
      description="Choose a template and enter the values for this client."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={FORM_ID} variant="primary" isBusy={isSubmitting}>
            Deploy workflow
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
          toast("Deploying", template?.name);
          await navigate({ to: "/projects/$projectId", params: { projectId }, search: { tab: "workflows" } });
        }}
      >
        {isMissing && (
          <Notice tone="warn" title="Before you can deploy">
            Connect an n8n server and import a template in <TextLink to="/admin/workflows">Workflows</TextLink>.
          </Notice>
        )}
        <Field label="Template" error={errors.template_id?.message}>
          <Select {...form.register("template_id")}>
            <option value="">Choose…</option>
            {templates.data?.items.map((row) => (
              <option key={row.id} value={row.id}>
                {row.name}, version {row.version}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Environment" hint="The n8n server it runs on." error={errors.environment_id?.message}>
          <Select {...form.register("environment_id")}>
            <option value="">Choose…</option>
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
    </SidePanel>
  );
}

/** Says so at the field where a number is asked for and something else was written. */
function hasWrongNumber(template: TemplateSummary, values: Record<string, string | boolean>, form: DeployForm): boolean {
  const wrong = template.parameters.filter(({ key, type }) => type === "NUMBER" && values[key] && !Number.isFinite(Number(values[key])));
  for (const { key } of wrong) form.setError(`parameters.${key}`, { message: "Enter a number, such as 12000 or 1.5." });
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
