import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { createProposal, updateProposal, type ProposalOut } from "@/api/generated";
import { getProposalQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { useKeptWork } from "@/lib/kept-work/use-kept-work";
import { useRefresh } from "@/lib/refresh";
import { useCan } from "@/lib/session/me";
import { TextLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { useToast } from "@/ui/primitives/toast";
import { changedByDraft } from "./changes";
import { useEditorForm } from "./editor-form";
import { bodyOf, editOf, freshValues, type EditorValues } from "./editor-values";
import { ProposalEditor } from "./proposal-editor";
import { businessOptions } from "./queries";
import { editor, noTaxRate } from "./texts/editor";
import { proposalPage } from "./texts/proposal";

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
  // Prices that were typed in one currency are not prices in another.
  const { notice: keptNotice } = useKeptWork(form, `new-proposal.${project.id}.${business.currency}`);
  // Set by the first save. Whoever goes on typing meanwhile stays here, and saves the same draft again.
  const made = useRef<ProposalOut>(undefined);

  async function store(values: EditorValues): Promise<ProposalOut> {
    if (!made.current) {
      const { data } = await createProposal({ body: { ...bodyOf(values, business.currency), project_id: project.id }, throwOnError: true });
      return data;
    }
    const { data } = await updateProposal({
      path: { proposal_id: made.current.id },
      body: editOf(values, made.current, business),
      headers: { "If-Match": `"${String(made.current.revision)}"` },
      throwOnError: true,
    });
    return data;
  }

  return (
    <ProposalEditor
      header={{
        title: editor.newTitle,
        breadcrumbs: [
          <TextLink key="project" to="/projects/$projectId" params={{ projectId: project.id }}>
            {project.code}
          </TextLink>,
        ],
        facts: <span>{proposalPage.client(project.client)}</span>,
      }}
      form={form}
      notice={
        <>
          {keptNotice}
          {business.tax_rate === null && <NoTaxRate defaultTax={business.default_tax} />}
        </>
      }
      currency={business.currency}
      recipient={project.client}
      taxName={business.tax_name}
      taxRate={business.tax_rate}
      onSave={async (values) => {
        const draft = (made.current = await store(values));
        queryClient.setQueryData(getProposalQueryKey({ path: { proposal_id: draft.id } }), draft);
        await refresh(changedByDraft(draft));
        toast(editor.saved);
        return true;
      }}
      onSaved={(isMeantForSending) => {
        if (!made.current) return;
        void navigate({
          to: "/proposals/$proposalId",
          params: { proposalId: made.current.id },
          search: isMeantForSending ? { send: true } : {},
          replace: true,
          ignoreBlocker: true,
        });
      }}
    />
  );
}

/** Says that the writer has to enter the rates, and where a default is chosen. */
function NoTaxRate({ defaultTax }: { defaultTax: string | null }) {
  const canChoose = useCan("business:write");
  return (
    <Notice
      title={noTaxRate.title}
      actions={
        canChoose && (
          <TextLink to="/admin/business" search={{ section: "money" }}>
            {noTaxRate.settings}
          </TextLink>
        )
      }
    >
      {defaultTax ? noTaxRate.noRateToday(defaultTax) : noTaxRate.noDefault}
    </Notice>
  );
}
