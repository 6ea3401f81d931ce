import { lazy, Suspense, useState } from "react";
import { useFormLeft } from "@/lib/kept-work/use-kept-work";
import { useCan } from "@/lib/session/me";
import { PlusIcon } from "@/ui/icon";
import { Button } from "@/ui/primitives/button";
import { NEW_PROJECT } from "./forms";
import { newProject } from "./texts";

const NewProjectPanel = lazy(() => import("./new-project-panel"));

/** Opens the side panel that creates a project, for those who may. */
export function NewProjectButton({ variant = "primary" }: { variant?: "primary" | "secondary" }) {
  const canCreate = useCan("projects:create");
  const left = useFormLeft((form) => form, [NEW_PROJECT]);
  // The page's own button opens it again; an empty list has a second one.
  const [isOpen, setOpen] = useState(left !== undefined && variant === "primary");
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
