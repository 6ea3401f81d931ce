import { lazy, Suspense, useState } from "react";
import { WorkflowIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { tab } from "./texts/project";

// With all that a form needs: loaded when it is opened.
const DeployPanel = lazy(() => import("./deploy-panel"));

/** Opens the deployment of a template for a project. */
export function DeployWorkflow({ projectId }: { projectId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={WorkflowIcon} onClick={() => setOpen(true)}>
        {tab.deploy}
      </Button>
      {isOpen && (
        <Suspense>
          <DeployPanel projectId={projectId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
