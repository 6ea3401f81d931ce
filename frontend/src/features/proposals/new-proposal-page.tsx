import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { createProposal, updateProposal, type ProposalOut } from "@/api/generated";
import { getProposalQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { useKeptWork } from "@/lib/kept-work/use-kept-work";
import { useRefresh } from "@/lib/refresh";
import { useCan } from "@/lib/session/me";
import { Button } from "@/ui/primitives/button";
import { TextLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { changedByDraft } from "./changes";
import { useEditorForm } from "./editor-form";
import { bodyOf, editOf, freshValues, valuesAfter, type EditorValues } from "./editor-values";
import { ProposalEditor } from "./proposal-editor";
import { businessOptions, proposalListOptions } from "./queries";
import { beginsWith, editor, noTaxRate } from "./texts/editor";
import { proposalPage } from "./texts/proposal";
import { versionBefore } from "./versions";

export interface ProposalProject {
  id: string;
  code: string;
  title: string;
  client: string;
}

/** Writes a project's first proposal, or another one: that begins with the content of the version before. */
export function NewProposalPage({ project }: { project: ProposalProject }) {
  const { data: business } = useSuspenseQuery(businessOptions());
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const { data: versions } = useSuspenseQuery(proposalListOptions({ project_id: project.id }));
  // Read once: what is saved here is itself among the versions then.
  const [before] = useState(() => versionBefore(versions.items));
  const [isBlank, setBlank] = useState(false);
  const fresh = freshValues(project.title, business);
  const content = before?.total.currency === business.currency ? before : undefined;
  const form = useEditorForm(content ? valuesAfter(content, business) : fresh, business.currency);
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
          {content && !isBlank && (
            <BeginsWith
              before={content}
              onBlank={() => {
                form.reset(fresh);
                setBlank(true);
              }}
            />
          )}
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

/** Says where the content comes from, and what the client wrote about it. */
function BeginsWith({ before, onBlank }: { before: ProposalOut; onBlank: () => void }) {
  return (
    <Notice title={beginsWith.title(before.version, before.status)} actions={<Button onClick={onBlank}>{beginsWith.blank}</Button>}>
      {before.decision_note && <p className="whitespace-pre-line">{beginsWith.note(before.decision_note)}</p>}
    </Notice>
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
