import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { downloadProposal, type ProposalOut } from "@/api/generated";
import { DownloadButton } from "@/lib/download-button";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { DateTime } from "@/ui/patterns/relative-time";
import { TextLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { DecisionBar } from "./decision-bar";
import { pdfNameOf, ProposalDocument } from "./proposal-document";
import { ProposalPill } from "./proposal-status";
import { proposalOptions } from "./queries";

/** Reads a proposal that was sent, and decides on it where the reader may. */
export function ProposalPage({ proposalId, pay }: { proposalId: string; pay: (proposal: ProposalOut) => ReactNode }) {
  const { data: proposal } = useSuspenseQuery(proposalOptions(proposalId));
  return (
    <Page>
      <PageHeader
        title={`Proposal, version ${proposal.version}`}
        breadcrumbs={[
          <TextLink key="project" to="/projects/$projectId" params={{ projectId: proposal.project_id }} search={{ tab: "proposals" }}>
            {proposal.project_code}
          </TextLink>,
        ]}
        here="Proposal"
        facts={
          <>
            <ProposalPill status={proposal.status} />
            <span>for {proposal.organization.name}</span>
            {proposal.sent_at && (
              <span>
                sent <DateTime at={proposal.sent_at} />
              </span>
            )}
          </>
        }
        actions={
          <DownloadButton name={pdfNameOf(proposal)} load={() => downloadProposal({ path: { proposal_id: proposal.id }, parseAs: "blob", throwOnError: true })}>
            PDF
          </DownloadButton>
        }
      />
      <Outcome proposal={proposal} pay={pay(proposal)} />
      <div className="mx-auto w-full max-w-[50rem]">
        <ProposalDocument content={proposal} heading="h2" />
      </div>
      {proposal.status === "SENT" && (
        <div className="sticky bottom-0 z-10 -mx-8 max-lg:-mx-6 max-sm:-mx-4">
          <DecisionBar proposal={proposal} />
        </div>
      )}
    </Page>
  );
}

/** Says how the proposal ended, and what follows. */
export function Outcome({ proposal, pay }: { proposal: ProposalOut; pay?: ReactNode }) {
  const note = proposal.decision_note && <p className="whitespace-pre-line">“{proposal.decision_note}”</p>;
  if (proposal.status === "APPROVED")
    return (
      <Notice tone="ok" title={`Approved${proposal.decided_name ? ` by ${proposal.decided_name}` : ""}`} actions={pay}>
        {proposal.decided_at && (
          <>
            On <DateTime at={proposal.decided_at} />. It can no longer be changed.
          </>
        )}
      </Notice>
    );
  if (proposal.status === "CHANGES_REQUESTED")
    return (
      <Notice tone="warn" title="Changes were requested">
        {note} The next version is being written.
      </Notice>
    );
  if (proposal.status === "DECLINED")
    return (
      <Notice tone="bad" title="Declined">
        {note}
      </Notice>
    );
  if (proposal.status === "EXPIRED") return <Notice tone="warn" title="This proposal is no longer valid" />;
  if (proposal.status === "SUPERSEDED") return <Notice title="A newer version has taken this one's place" />;
  return null;
}
