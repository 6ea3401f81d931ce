import type { ReactNode } from "react";
import type { Permission } from "@/api/generated";
import { WhomToAsk } from "@/lib/whom-to-ask";
import { ForbiddenState } from "@/ui/patterns/error-state";
import { PageTitle } from "@/ui/patterns/page-title";
import { Panel } from "@/ui/patterns/panel";
import { noAccess } from "./texts";
import { useCan } from "./me";

/** Shows a page to those who hold its permission, and says so to the others. The server refuses them in any case. */
export function Gate({ permission, children }: { permission: Permission; children: ReactNode }) {
  const isOpen = useCan(permission);
  if (isOpen) return children;
  return (
    <Panel>
      <PageTitle title={noAccess} />
      <ForbiddenState heading="h1">
        <WhomToAsk />
      </ForbiddenState>
    </Panel>
  );
}
