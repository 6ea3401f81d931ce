import { noAccess } from "@/lib/session/texts";
import { WhomToAsk } from "@/lib/whom-to-ask";
import { ForbiddenState } from "@/ui/patterns/error-state";
import { PageTitle } from "@/ui/patterns/page-title";

/** Says that the reader's role does not reach to this page, and who can change that. */
export default function NoAccess() {
  return (
    <>
      <PageTitle title={noAccess} />
      <ForbiddenState heading="h1">
        <WhomToAsk />
      </ForbiddenState>
    </>
  );
}
