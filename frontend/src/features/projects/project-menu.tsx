import { lazy, Suspense, useState } from "react";
import type { ProjectOut, ProjectStatus } from "@/api/generated";
import { useFormLeft } from "@/lib/kept-work/use-kept-work";
import { EditIcon, ForwardIcon, MoreIcon } from "@/ui/icon";
import { IconButton } from "@/ui/primitives/button";
import { Menu, MenuItem } from "@/ui/primitives/menu";
import { archiveForm, editForm } from "./forms";
import type { Step } from "./project-step";
import { editProject, projectMenu, steps } from "./texts";

/** What is typed into: opened again when the session ended meanwhile. */
const FORMS = ["edit", "ARCHIVED"] as const;
const EditProjectPanel = lazy(() => import("./edit-project-panel"));
const ProjectStep = lazy(() => import("./project-step"));

/** Holds the details to edit and the steps that a person makes by hand; sending, approving and paying make the others. */
export function ProjectMenu({ project }: { project: ProjectOut }) {
  const left = useFormLeft((form) => (form === "edit" ? editForm(project.id) : archiveForm(project.id)), FORMS);
  const [target, setTarget] = useState<Step | "edit" | undefined>(left);
  const offered = project.next_statuses.filter(isStep);
  // What came to nothing is put away from wherever it stands.
  if (project.status !== "ARCHIVED" && !offered.includes("ARCHIVED")) offered.push("ARCHIVED");
  return (
    <>
      <Menu trigger={<IconButton icon={MoreIcon} label={projectMenu.label} variant="secondary" />}>
        <MenuItem icon={EditIcon} onSelect={() => setTarget("edit")}>
          {editProject.verb}
        </MenuItem>
        {offered.map((step) => (
          <MenuItem key={step} icon={ForwardIcon} onSelect={() => setTarget(step)}>
            {steps[step].verb}
          </MenuItem>
        ))}
      </Menu>
      {target && (
        <Suspense>
          {target === "edit" ? (
            <EditProjectPanel project={project} onClose={() => setTarget(undefined)} />
          ) : (
            <ProjectStep project={project} step={target} onClose={() => setTarget(undefined)} />
          )}
        </Suspense>
      )}
    </>
  );
}

function isStep(status: ProjectStatus): status is Step {
  return status in steps;
}
