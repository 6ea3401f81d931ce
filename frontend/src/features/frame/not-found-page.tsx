import { isProbablySignedIn } from "@/lib/session/signed-in-mark";
import { SearchIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { PageTitle } from "@/ui/patterns/page-title";
import { ButtonLink } from "@/ui/primitives/link";
import { PlainFrame } from "./plain-frame";
import { notFound as texts } from "./texts/plain";

/** Says that there is nothing at this address, in the name of the business, and leads a visitor home and a reader to their work. */
export function NotFoundPage() {
  return (
    <PlainFrame>
      <NotFound isSignedIn={isProbablySignedIn()} />
    </PlainFrame>
  );
}

/** Says so within whatever frame there is. */
export function NotFound({ isSignedIn }: { isSignedIn: boolean }) {
  const wayOut = isSignedIn ? <ButtonLink to="/dashboard">{texts.dashboard}</ButtonLink> : <ButtonLink to="/">{texts.home}</ButtonLink>;
  return (
    <>
      <PageTitle title={texts.title} />
      <EmptyState heading="h1" icon={SearchIcon} title={texts.title} action={wayOut}>
        {texts.hint}
      </EmptyState>
    </>
  );
}
