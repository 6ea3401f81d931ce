import { lazy, Suspense, useState } from "react";
import { useCan } from "@/lib/session/me";
import { PlusIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { newProject } from "./texts";

const NewProjectPanel = lazy(() => import("./new-project-panel"));

/** Opens the side panel that creates a project, for those who may. */
export function NewProjectButton({ variant = "primary" }: { variant?: "primary" | "secondary" }) {
  const canCreate = useCan("projects:create");
  const [isOpen, setOpen] = useState(false);
  if (!canCreate) return null;
  return (
    <>
      <Button variant={variant} icon={PlusIcon} onClick={() => setOpen(true)}>
        {newProject.title}
      </Button>
      {isOpen && (
        <Suspense>
          <NewProjectPanel isOpen onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
