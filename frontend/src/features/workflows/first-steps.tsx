import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { LoadError } from "@/lib/load-error";
import { cx } from "@/ui/class-names";
import { CheckIcon, Icon } from "@/ui/icon";
import { ButtonLink } from "@/ui/primitives/link";
import { Skeleton } from "@/ui/primitives/skeleton";
import { ConnectEnvironment } from "./connect-environment";
import { ImportTemplate } from "./import-template";
import { environmentsOptions, templatesOptions } from "./queries";
import { firstSteps } from "./texts/admin";

/** Leads staff to their first workflow: what it needs, which of it is done, and the next step as the one button. */
export function FirstSteps() {
  const servers = useQuery(environmentsOptions());
  const templates = useQuery(templatesOptions());
  const failed = servers.data ? templates : servers;
  if (failed.isError) return <LoadError error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!servers.data || !templates.data) return <StepsSkeleton />;
  const hasServer = servers.data.items.some((server) => server.is_active);
  const hasTemplate = templates.data.items.length > 0;
  const steps = [
    { ...firstSteps.server, isDone: hasServer, action: <ConnectEnvironment /> },
    { ...firstSteps.template, isDone: hasTemplate, action: <ImportTemplate /> },
    {
      ...firstSteps.deployment,
      isDone: false,
      action: (
        <ButtonLink to="/projects" search={{ status: "APPROVED" }} variant="primary">
          {firstSteps.projects}
        </ButtonLink>
      ),
    },
  ];
  const next = steps.findIndex((step) => !step.isDone);
  return (
    <div className="mx-auto flex w-full max-w-xl flex-col gap-6 px-6 py-10 max-sm:px-4 max-sm:py-6">
      <div>
        <p className="text-base font-semibold">{firstSteps.title}</p>
        <p className="text-base text-ink-3">{firstSteps.hint}</p>
      </div>
      <ol className="flex flex-col gap-5">
        {steps.map((step, index) => (
          <li key={step.title} aria-current={index === next ? "step" : undefined} className="flex gap-3">
            <Mark isDone={step.isDone} isNext={index === next}>
              {index + 1}
            </Mark>
            <div className="flex min-w-0 flex-1 flex-col items-start gap-1">
              <p className={cx("text-base font-medium", step.isDone && "text-ink-3")}>
                {step.title}
                {step.isDone && <span className="sr-only"> {firstSteps.done}</span>}
              </p>
              <p className="text-base text-ink-3">{step.hint}</p>
              {index === next && <div className="mt-2">{step.action}</div>}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Mark({ isDone, isNext, children }: { isDone: boolean; isNext: boolean; children: ReactNode }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "mt-px grid size-6 shrink-0 place-items-center rounded-full text-sm font-medium",
        isDone ? "bg-ok text-surface" : isNext ? "bg-soft text-soft-ink" : "border border-edge text-ink-3",
      )}
    >
      {isDone ? <Icon of={CheckIcon} className="size-3.5 stroke-2" /> : children}
    </span>
  );
}

function StepsSkeleton() {
  return (
    <div aria-busy="true" aria-label={firstSteps.loading} className="mx-auto flex w-full max-w-xl flex-col gap-6 px-6 py-10 max-sm:px-4 max-sm:py-6">
      {[1, 2, 3].map((step) => (
        <Skeleton key={step} className="h-12" />
      ))}
    </div>
  );
}
