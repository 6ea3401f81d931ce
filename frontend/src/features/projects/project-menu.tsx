import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changeProjectStatus, type ProjectOut, type ProjectStatus } from "@/api/generated";
import { toApiError } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { ForwardIcon, MoreIcon } from "@/ui/icon";
import { IconButton } from "@/ui/primitives/button";
import { ConfirmDialog } from "@/ui/primitives/confirm-dialog";
import { Menu, MenuItem } from "@/ui/primitives/menu";
import { Notice } from "@/ui/primitives/notice";
import { useToast } from "@/ui/primitives/toast";
import { changedByProject } from "./changes";
import { PROJECT_STATUSES } from "./project-status";

const VERBS: Partial<Record<ProjectStatus, string>> = { COMPLETED: "Complete project", ARCHIVED: "Archive project", IN_PROGRESS: "Start work" };

/** Holds the steps that a person makes by hand; sending, approving and paying make the others. */
export function ProjectMenu({ project }: { project: ProjectOut }) {
  const [target, setTarget] = useState<ProjectStatus>();
  const refresh = useRefresh();
  const toast = useToast();
  const move = useMutation({
    mutationFn: async (status: ProjectStatus) => changeProjectStatus({ path: { project_id: project.id }, body: { status }, throwOnError: true }),
    onSuccess: async (_, status) => {
      await refresh(changedByProject(project.id));
      setTarget(undefined);
      toast(`Project is now ${PROJECT_STATUSES[status].label.toLowerCase()}`);
    },
  });
  const steps = project.next_statuses.filter((status) => VERBS[status]);
  if (steps.length === 0) return null;
  return (
    <>
      <Menu trigger={<IconButton icon={MoreIcon} label="More for this project" variant="secondary" />}>
        {steps.map((status) => (
          <MenuItem key={status} icon={ForwardIcon} onSelect={() => setTarget(status)}>
            {VERBS[status]}
          </MenuItem>
        ))}
      </Menu>
      {target && (
        <ConfirmDialog
          isOpen
          onOpenChange={() => setTarget(undefined)}
          title={`${VERBS[target] ?? ""}?`}
          description={`“${project.title}” moves from ${PROJECT_STATUSES[project.status].label.toLowerCase()} to ${PROJECT_STATUSES[target].label.toLowerCase()}. The client sees it.`}
          verb={VERBS[target] ?? "Move on"}
          isBusy={move.isPending}
          onConfirm={() => move.mutate(target)}
        >
          {move.error && <Notice tone="bad" title={toApiError(move.error).detail} />}
        </ConfirmDialog>
      )}
    </>
  );
}
