import { BusinessContact } from "@/lib/business-contact";
import { useBranding } from "@/lib/face";
import { MailIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { PageTitle } from "@/ui/patterns/page-title";
import { ButtonLink } from "@/ui/primitives/link";
import { PlainFrame } from "./plain-frame";
import { brokenLink as texts } from "./texts/plain";

/** Says that a link from an e-mail leads nowhere any more, and whom to ask for another. */
export function BrokenLinkPage() {
  const branding = useBranding();
  return (
    <PlainFrame>
      <PageTitle title={texts.title} />
      <EmptyState heading="h1" icon={MailIcon} title={texts.title} action={<ButtonLink to="/login">{texts.signIn}</ButtonLink>}>
        {texts.hint} <BusinessContact branding={branding} />
      </EmptyState>
    </PlainFrame>
  );
}
