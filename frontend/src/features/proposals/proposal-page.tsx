import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { downloadProposal, type ProposalOut } from "@/api/generated";
import { DownloadButton } from "@/lib/download-button";
import { PageHeader } from "@/ui/patterns/page-header";
import { Page } from "@/ui/patterns/panel";
import { DateTime } from "@/ui/patterns/relative-time";
import { RichText } from "@/ui/patterns/rich-text";
import { TextLink } from "@/ui/primitives/link";
import { useBranding } from "@/lib/face";
import { useCan } from "@/lib/session/me";
import { DecisionBar, TotalBar } from "./decision-bar";
import { Outcome } from "./outcome";
import { OutcomePlace } from "./outcome-place";
import { pdfNameOf, ProposalDocument } from "./proposal-document";
import { ProposalPill } from "./proposal-status";
import { proposalOptions } from "./queries";
import { proposalPage } from "./texts/proposal";

/** Reads a proposal that was sent, and decides on it where the reader may. */
export function ProposalPage({ proposalId, pay }: { proposalId: string; pay: (proposal: ProposalOut) => ReactNode }) {
  const { data: proposal } = useSuspenseQuery(proposalOptions(proposalId));
  const isStaff = useCan("proposals:write");
  const branding = useBranding();
  // Whoever pays keeps the button in sight; once it is paid the notice has the invoice.
  const isToPay = useCan("proposals:pay") && proposal.status === "APPROVED" && proposal.payment !== "PAID" && !proposal.is_closed;
  return (
    <Page>
      <PageHeader
        title={proposal.title}
        breadcrumbs={[
          <TextLink key="project" to="/projects/$projectId" params={{ projectId: proposal.project_id }} search={{ tab: "proposals" }}>
            {proposal.project_code}
          </TextLink>,
        ]}
        here={proposalPage.here}
        facts={
          <>
            <ProposalPill proposal={proposal} />
            <span>{proposalPage.version(proposal.version)}</span>
            {isStaff && <span>{proposalPage.client(proposal.organization.name)}</span>}
            {proposal.sent_at && (
              <span>
                <SentOn at={proposal.sent_at} />
              </span>
            )}
          </>
        }
        actions={
          <DownloadButton name={pdfNameOf(proposal)} load={() => downloadProposal({ path: { proposal_id: proposal.id }, parseAs: "blob", throwOnError: true })}>
            {proposalPage.download}
          </DownloadButton>
        }
      />
      <OutcomePlace status={proposal.status} className="empty:sr-only">
        <Outcome proposal={proposal} pay={!isToPay && pay(proposal)} />
      </OutcomePlace>
      <div className="mx-auto w-full max-w-[50rem]">
        <ProposalDocument content={proposal} branding={branding} heading="h2" />
      </div>
      <div className="sticky bottom-0 z-10 -mx-8 empty:hidden max-lg:-mx-6 max-sm:-mx-4">
        <DecisionBar proposal={proposal} />
      </div>
      {isToPay && (
        <div className="sticky bottom-0 z-10 -mx-8 max-lg:-mx-6 max-sm:-mx-4">
          <TotalBar total={proposal.total} taxName={proposal.tax_name}>
            {pay(proposal)}
          </TotalBar>
        </div>
      )}
    </Page>
  );
}

function SentOn({ at }: { at: string }) {
  return <RichText text={proposalPage.sent} parts={{ day: () => <DateTime at={at} isFull /> }} />;
}
