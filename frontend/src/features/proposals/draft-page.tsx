import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { updateProposal, type ProposalOut } from "@/api/generated";
import { getProposalQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { useRefresh } from "@/lib/refresh";
import { TextLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { useToast } from "@/ui/primitives/toast";
import { changedByDraft } from "./changes";
import { editOf, valuesOf } from "./editor-values";
import { ProposalEditor } from "./proposal-editor";
import { ProposalPill } from "./proposal-status";
import { businessOptions, proposalListOptions } from "./queries";
import { SendDialog } from "./send-dialog";

/** Edits a draft, and sends it. */
export function DraftPage({ proposal, isSendingFirst = false, onSendClosed }: { proposal: ProposalOut; isSendingFirst?: boolean; onSendClosed?: () => void }) {
  const { data: business } = useSuspenseQuery(businessOptions());
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  const toast = useToast();
  const [isSending, setSending] = useState(isSendingFirst);
  return (
    <>
      <RequestedChanges proposal={proposal} />
      <ProposalEditor
        header={{
          title: `Proposal, version ${proposal.version}`,
          breadcrumbs: [
            <TextLink key="project" to="/projects/$projectId" params={{ projectId: proposal.project_id }} search={{ tab: "proposals" }}>
              {proposal.project_code}
            </TextLink>,
          ],
          here: "Proposal",
          facts: (
            <>
              <ProposalPill status={proposal.status} />
              <span>for {proposal.organization.name}</span>
            </>
          ),
        }}
        values={valuesOf(proposal, business)}
        currency={proposal.total.currency}
        recipient={proposal.organization.name}
        onSave={async (values) => {
          const { data } = await updateProposal({
            path: { proposal_id: proposal.id },
            body: editOf(values, proposal, business),
            // Two people on one draft: the second save is refused, not the first one lost.
            headers: { "If-Match": `"${String(proposal.revision)}"` },
            throwOnError: true,
          });
          queryClient.setQueryData(getProposalQueryKey({ path: { proposal_id: proposal.id } }), data);
          await refresh(changedByDraft(data));
          toast("Draft saved");
        }}
        onSend={() => setSending(true)}
      />
      {isSending && (
        <SendDialog
          proposal={proposal}
          onClose={() => {
            setSending(false);
            onSendClosed?.();
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
    <div className="mb-4">
      <Notice tone="warn" title={`What the client asked of version ${before.version}`}>
        <p className="whitespace-pre-line">{before.decision_note}</p>
      </Notice>
    </div>
  );
}
