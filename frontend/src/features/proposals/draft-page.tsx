import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { updateProposal, type ProposalOut } from "@/api/generated";
import { useKeptWork, useWorkFound } from "@/lib/kept-work/use-kept-work";
import { isStatus } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { TextLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { changedByDraft } from "./changes";
import { NewerDraft, SentMeanwhile } from "./draft-notices";
import { rebase, useEditorForm } from "./editor-form";
import { editOf, valuesOf, type EditorValues } from "./editor-values";
import { Decided } from "./outcome";
import { ProposalEditor } from "./proposal-editor";
import { ProposalPill } from "./proposal-status";
import { businessOptions, proposalListOptions, proposalOptions } from "./queries";
import { SendDialog } from "./send-dialog";
import { outcome } from "./texts/decisions";
import { requestedChanges } from "./texts/editor";
import { proposalPage } from "./texts/proposal";

export interface DraftPageProps {
  proposalId: string;
  /** What takes the editor's place once the draft is sent and nothing unsaved would be lost. */
  sent: ReactNode;
  isSendingFirst?: boolean;
  onSendClosed?: () => void;
}

/** Edits a draft, and sends it. */
export default function DraftPage({ proposalId, sent, isSendingFirst = false, onSendClosed }: DraftPageProps) {
  const { data: business } = useSuspenseQuery(businessOptions());
  const { data: latest } = useSuspenseQuery(proposalOptions(proposalId));
  // What the form was made from. The query runs ahead of it: taken from there, the revision would speak for a text that
  // the writer has not seen.
  const keptAs = `proposal.${proposalId}.${latest.total.currency}`;
  const found = useWorkFound<EditorValues, number>(keptAs);
  const [seen, setSeen] = useState({ ...latest, revision: found?.base ?? latest.revision });
  const currency = seen.total.currency;
  const form = useEditorForm(valuesOf(seen, business), currency);
  const { notice: keptNotice, isPuttingBack } = useKeptWork(form, keptAs, () => seen.revision);
  const { isDirty } = form.formState;
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  const [isSending, setSending] = useState(isSendingFirst);
  const { queryKey } = proposalOptions(proposalId);
  const isSent = latest.status !== "DRAFT";
  if (isSent && !isDirty && !isPuttingBack) return sent;

  const closeSending = () => {
    setSending(false);
    onSendClosed?.();
  };
  const showLatest = () => {
    setSeen(latest);
    form.reset(valuesOf(latest, business));
  };
  const keepTyped = () => {
    setSeen(latest);
    rebase(form, valuesOf(latest, business));
  };

  async function save(values: EditorValues): Promise<boolean> {
    try {
      const { data } = await updateProposal({
        path: { proposal_id: proposalId },
        body: editOf(values, seen, business),
        // Two people on one draft: the second save is refused, not the first one lost.
        headers: { "If-Match": `"${String(seen.revision)}"` },
        throwOnError: true,
      });
      setSeen(data);
      queryClient.setQueryData(queryKey, data);
      await refresh(changedByDraft(data));
      return true;
    } catch (error) {
      if (!isStatus(error, 412) && !isStatus(error, 409)) throw error;
      await refresh([queryKey]);
      const now = queryClient.getQueryData(queryKey);
      // The notice tells what happened, and what to do, where the newer draft is there.
      if (now?.revision === seen.revision) throw error;
      return false;
    }
  }

  function notice(): ReactNode {
    if (isSent) return <SentMeanwhile sentAt={latest.sent_at} form={form} currency={currency} />;
    if (latest.revision <= seen.revision) return latest.is_closed && <Notice tone="warn" title={outcome.closed.draft} />;
    // Prices that were typed in one currency are not prices in another.
    const canKeep = latest.total.currency === currency;
    return <NewerDraft latest={latest} isDirty={isDirty} onShow={showLatest} onKeep={canKeep ? keepTyped : undefined} />;
  }

  return (
    <>
      <ProposalEditor
        header={{
          title: seen.title,
          breadcrumbs: [
            <TextLink key="project" to="/projects/$projectId" params={{ projectId: seen.project_id }} search={{ tab: "proposals" }}>
              {seen.project_code}
            </TextLink>,
          ],
          here: proposalPage.here,
          facts: (
            <>
              <ProposalPill proposal={latest} />
              <span>{proposalPage.version(seen.version)}</span>
              <span>{proposalPage.client(seen.organization.name)}</span>
            </>
          ),
        }}
        form={form}
        notice={
          <>
            <RequestedChanges proposal={seen} />
            {!isSent && keptNotice}
            {notice()}
          </>
        }
        isLocked={isSent}
        currency={currency}
        recipient={seen.organization.name}
        taxName={business.tax_name}
        taxRate={business.tax_rate}
        onSave={save}
        onSaved={(isMeantForSending) => {
          if (isMeantForSending) setSending(true);
        }}
      />
      {isSending && !isSent && (
        <SendDialog
          proposal={seen}
          onClose={closeSending}
          onShowNewest={() => {
            showLatest();
            closeSending();
          }}
        />
      )}
    </>
  );
}

/** Repeats what the client asked of the version before. */
function RequestedChanges({ proposal }: { proposal: ProposalOut }) {
  const { data } = useQuery({ ...proposalListOptions({ project_id: proposal.project_id }), enabled: proposal.version > 1 });
  const before = data?.items.find((other) => other.version === proposal.version - 1);
  if (!before?.decision_note) return null;
  return (
    <Notice tone="warn" title={<Decided proposal={before} words={requestedChanges(before.version)} />}>
      <p className="whitespace-pre-line">“{before.decision_note}”</p>
    </Notice>
  );
}
