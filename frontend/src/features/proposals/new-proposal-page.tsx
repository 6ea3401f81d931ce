import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { createProposal } from "@/api/generated";
import { getProposalQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { useRefresh } from "@/lib/refresh";
import { TextLink } from "@/ui/primitives/link";
import { useToast } from "@/ui/primitives/toast";
import { changedByDraft } from "./changes";
import { useEditorForm } from "./editor-form";
import { bodyOf, freshValues } from "./editor-values";
import { ProposalEditor } from "./proposal-editor";
import { businessOptions } from "./queries";

export interface ProposalProject {
  id: string;
  code: string;
  title: string;
  client: string;
}

/** Writes the first version of a project's proposal. */
export function NewProposalPage({ project }: { project: ProposalProject }) {
  const { data: business } = useSuspenseQuery(businessOptions());
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const toast = useToast();
  const form = useEditorForm(freshValues(project.title, business), business.currency);
  const made = useRef<string>(undefined);
  const open = (search: { send?: true }) => {
    if (made.current) void navigate({ to: "/proposals/$proposalId", params: { proposalId: made.current }, search, replace: true, ignoreBlocker: true });
  };
  return (
    <ProposalEditor
      header={{
        title: "New proposal",
        breadcrumbs: [
          <TextLink key="project" to="/projects/$projectId" params={{ projectId: project.id }}>
            {project.code}
          </TextLink>,
        ],
        facts: <span>for {project.client}</span>,
      }}
      form={form}
      currency={business.currency}
      recipient={project.client}
      taxName={business.tax_name}
      onSave={async (values) => {
        const { data } = await createProposal({ body: { ...bodyOf(values, business.currency), project_id: project.id }, throwOnError: true });
        queryClient.setQueryData(getProposalQueryKey({ path: { proposal_id: data.id } }), data);
        await refresh(changedByDraft(data));
        made.current = data.id;
        toast("Draft saved");
        open({});
        return true;
      }}
      onSend={() => open({ send: true })}
    />
  );
}
