import { lazy, Suspense, useState } from "react";
import type { ProjectOut, ProjectStatus } from "@/api/generated";
import { ForwardIcon, MoreIcon } from "@/ui/icon";
import { IconButton } from "@/ui/primitives/button";
import { Menu, MenuItem } from "@/ui/primitives/menu";
import type { Step } from "./project-step";
import { projectMenu, steps } from "./texts";

const ProjectStep = lazy(() => import("./project-step"));

/** Holds the steps that a person makes by hand; sending, approving and paying make the others. */
export function ProjectMenu({ project }: { project: ProjectOut }) {
  const [target, setTarget] = useState<Step>();
  const offered = project.next_statuses.filter(isStep);
  // What came to nothing is put away from wherever it stands.
  if (project.status !== "ARCHIVED" && !offered.includes("ARCHIVED")) offered.push("ARCHIVED");
  if (offered.length === 0) return null;
  return (
    <>
      <Menu trigger={<IconButton icon={MoreIcon} label={projectMenu.label} variant="secondary" />}>
        {offered.map((step) => (
          <MenuItem key={step} icon={ForwardIcon} onSelect={() => setTarget(step)}>
            {steps[step].verb}
          </MenuItem>
        ))}
      </Menu>
      {target && (
        <Suspense>
          <ProjectStep project={project} step={target} onClose={() => setTarget(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function isStep(status: ProjectStatus): status is Step {
  return status in steps;
}
