import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { downloadSharedProposal, type BrandingOut, type MeOut, type ProposalOut, type SharedProposal } from "@/api/generated";
import { BusinessContact, ContactButton } from "@/lib/business-contact";
import { DownloadButton } from "@/lib/download-button";
import { isStatus, toApiError } from "@/lib/problem";
import { formatDay } from "@/ui/patterns/day-format";
import { PageTitle } from "@/ui/patterns/page-title";
import { DateTime } from "@/ui/patterns/relative-time";
import { RichText } from "@/ui/patterns/rich-text";
import { SiteName } from "@/ui/patterns/site-name";
import { Button } from "@/ui/primitives/button";
import { ButtonLink } from "@/ui/primitives/link";
import { Notice } from "@/ui/primitives/notice";
import { DecisionBar, TotalBar } from "./decision-bar";
import { pdfNameOf, ProposalDocument } from "./proposal-document";
import { Outcome } from "./outcome";
import { OutcomePlace } from "./outcome-place";
import { proposalOptions, sharedProposalOptions } from "./queries";
import { outcome, publicOutcomes } from "./texts/decisions";
import { aboutProposal } from "./texts/proposal";
import { sharedPage } from "./texts/shared";
import { isAwaitingDecision } from "./versions";

export interface SharedProposalPageProps {
  token: string;
  me: MeOut | null;
  /** Whose proposal it is, and whom to ask about it. */
  branding: BrandingOut | undefined;
  mark: ReactNode;
  pay: (proposal: ProposalOut) => ReactNode;
  /** What became of the payment that the reader comes back from, if they do. */
  paid?: ReactNode;
}

/** Shows a proposal by its viewing link; whoever may decide, and is signed in, decides here. */
export function SharedProposalPage({ token, me, branding, mark, pay, paid }: SharedProposalPageProps) {
  const { data: shared } = useSuspenseQuery(sharedProposalOptions(token));
  // Only the organization's own people get an answer: that is how the page knows who is reading.
  const own = useQuery({ ...proposalOptions(shared.id), enabled: me !== null, retry: false });
  const proposal = own.data;
  const isElsewhere = me !== null && (isStatus(own.error, 404) || isStatus(own.error, 403));
  const isFailed = own.error !== null && !isElsewhere;
  const isToPay = proposal?.status === "APPROVED" && proposal.payment !== "PAID" && !proposal.is_closed && !paid && Boolean(me?.permissions.includes("proposals:pay"));
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteName value={shared.seller_name}>
        <PageTitle title={shared.title} />
      </SiteName>
      <header className="border-b border-line bg-surface print:border-0">
        <div className="flex min-h-16 flex-wrap items-center gap-x-6 gap-y-2 px-6 py-2 max-sm:px-4 print:mb-6 print:h-auto print:px-0">
          <span className="flex min-w-0 items-center">{mark}</span>
          <span className="min-w-0 flex-1 truncate text-ink-3 max-sm:hidden" title={sharedPage.for(shared.organization_name)}>{sharedPage.for(shared.organization_name)}</span>
          <span className="ml-auto flex items-center gap-2 print:hidden">
            {proposal && (
              <ButtonLink to="/proposals/$proposalId" params={{ proposalId: proposal.id }}>
                {sharedPage.portal}
              </ButtonLink>
            )}
            {shared.has_pdf && (
              <DownloadButton name={pdfNameOf(shared)} load={() => downloadSharedProposal({ path: { token }, parseAs: "blob", throwOnError: true })}>
                {/* Beside the business's name a phone has room for the picture alone. */}
                <span className="max-[26rem]:sr-only">{sharedPage.download}</span>
              </DownloadButton>
            )}
          </span>
        </div>
      </header>
      <main className="mx-auto flex w-full max-w-[53rem] flex-1 flex-col gap-4 px-6 py-10 max-sm:p-0 print:p-0">
        <OutcomePlace status={shared.status} className="flex flex-col gap-4 empty:sr-only max-sm:px-4 max-sm:pt-4">
          {paid ??
            (proposal ? <Outcome proposal={proposal} pay={!isToPay && pay(proposal)} /> : !own.isLoading && !isFailed && <StrangerOutcome shared={shared} me={me} token={token} branding={branding} />)}
          {isFailed && (
            <Notice tone="bad" title={toApiError(own.error).detail} actions={<Button onClick={() => void own.refetch()}>{sharedPage.retry}</Button>} />
          )}
        </OutcomePlace>
        <div className="max-sm:[&_article]:rounded-none max-sm:[&_article]:border-0 max-sm:[&_article]:shadow-none">
          <ProposalDocument content={shared} branding={branding} />
        </div>
      </main>
      {branding && <Questions branding={branding} />}
      {proposal ? <DecisionBar proposal={proposal} /> : isAwaitingDecision(shared) && !own.isLoading && !isFailed && <SignInBar shared={shared} token={token} isSignedIn={me !== null} />}
      {proposal && isToPay && (
        <TotalBar total={proposal.total} taxName={proposal.tax_name}>
          {pay(proposal)}
        </TotalBar>
      )}
    </div>
  );
}

/** Says at the foot whom to ask; who sends the proposal, the document says. */
function Questions({ branding }: { branding: BrandingOut }) {
  return (
    <footer className="mx-auto w-full max-w-[53rem] px-6 pb-10 text-sm text-ink-3 max-sm:px-4 max-sm:py-6 print:hidden">
      <p className="wrap-anywhere">
        {sharedPage.questions} <BusinessContact branding={branding} />
      </p>
    </footer>
  );
}

function StrangerOutcome({ shared, me, token, branding }: { shared: SharedProposal; me: MeOut | null; token: string; branding: BrandingOut | undefined }) {
  if (shared.newer_version !== null && shared.newer_id !== null)
    return (
      <Notice
        tone="warn"
        title={sharedPage.replaced.title}
        actions={
          <ButtonLink to="/proposals/$proposalId" params={{ proposalId: shared.newer_id }}>
            {outcome.open(shared.newer_version)}
          </ButtonLink>
        }
      >
        {sharedPage.replaced.hint(shared.newer_version, shared.seller_name)}
      </Notice>
    );
  if (shared.status === "SENT" && shared.is_closed)
    return (
      <Notice tone="warn" title={outcome.closed.title} actions={branding && <ContactButton branding={branding} about={aboutProposal(shared)} />}>
        {outcome.closed.client}
      </Notice>
    );
  const text = publicOutcomes[shared.status];
  if (text === null) return me && <Notice title={sharedPage.other.title(me.email)}>{sharedPage.other.hint(shared.organization_name)}</Notice>;
  const day = shared.status === "EXPIRED" ? shared.valid_until_day && formatDay(shared.valid_until_day) : shared.decided_at && <DateTime at={shared.decided_at} isFull />;
  const isOver = shared.status !== "APPROVED" && branding;
  return (
    <Notice
      title={<RichText text={text} parts={{ day: () => day }} />}
      actions={
        <span className="flex flex-wrap gap-2">
          {me === null && (
            <ButtonLink to="/login" search={{ next: `/p/${token}` }} preload={false}>
              {sharedPage.toSignIn}
            </ButtonLink>
          )}
          {isOver && <ContactButton branding={branding} about={aboutProposal(shared)} />}
        </span>
      }
    >
      {shared.status === "EXPIRED" ? outcome.expired.client : shared.status === "DECLINED" && outcome.declined.client}
    </Notice>
  );
}

function SignInBar({ shared, token, isSignedIn }: { shared: SharedProposal; token: string; isSignedIn: boolean }) {
  return (
    <TotalBar total={shared.total} taxName={shared.tax_name}>
      {/* Whoever is signed in as somebody else would be led back here by the sign-in. */}
      <ButtonLink to={isSignedIn ? "/logout" : "/login"} search={{ next: `/p/${token}` }} preload={false} variant="primary" size="lg" className="max-sm:order-1 max-sm:w-full">
        {isSignedIn ? sharedPage.other.change : sharedPage.signIn}
      </ButtonLink>
    </TotalBar>
  );
}
