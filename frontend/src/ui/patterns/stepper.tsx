import { cx } from "@/ui/class-names";
import { CheckIcon, Icon, type IconShape } from "@/ui/icon";
import type { Tone } from "@/ui/primitives/pill";
import { stepper as texts } from "./texts/pages";

export interface Step {
  value: string;
  label: string;
  /** What the current step, or one behind it, has come to, where it does not simply go on: such a step is not ticked. */
  tone?: Tone | undefined;
  icon?: IconShape | undefined;
}

const CURRENT: Record<Tone, string> = {
  neutral: "bg-sunk text-ink-2",
  info: "bg-soft text-soft-ink",
  ok: "bg-ok-s text-ok",
  warn: "bg-warn-s text-warn",
  bad: "bg-bad-s text-bad",
};

const INK: Record<Tone, string> = { neutral: "text-ink-3", info: "text-soft-ink", ok: "text-ok", warn: "text-warn", bad: "text-bad" };

/** Shows how far a thing has come. Where there is little room, all but the current step fold to their marks. */
export function Stepper({ label, steps, current }: { label: string; steps: readonly Step[]; current: string }) {
  const at = steps.findIndex((step) => step.value === current);
  return (
    <ol aria-label={label} className="flex overflow-hidden rounded-card border border-line bg-surface">
      {steps.map((step, index) => {
        const state = index < at ? "done" : index === at ? "current" : "ahead";
        return (
          <li
            key={step.value}
            aria-current={state === "current" ? "step" : undefined}
            data-state={state}
            className={cx(
              "flex shrink-0 grow basis-0 items-center gap-2 border-line px-4 py-2.5 text-sm font-medium whitespace-nowrap not-first:border-l max-lg:basis-auto max-lg:px-3 max-sm:px-2.5 md:max-lg:shrink md:max-lg:leading-tight md:max-lg:whitespace-normal",
              state === "current" && `${CURRENT[step.tone ?? "info"]} max-md:justify-center max-sm:min-w-0 max-sm:shrink max-sm:leading-tight max-sm:whitespace-normal`,
              state === "done" && "text-ink-2 max-md:grow-0",
              state === "ahead" && "text-ink-3 max-md:grow-0",
            )}
          >
            {step.icon && state !== "ahead" ? <Icon of={step.icon} className={cx("size-[1.125rem] shrink-0", state === "done" && INK[step.tone ?? "neutral"])} /> : <StepMark state={state} />}
            <span className={cx(state !== "current" && "max-md:sr-only")}>{step.label}</span>
            {state === "done" && !step.icon && <span className="sr-only"> {texts.done}</span>}
          </li>
        );
      })}
    </ol>
  );
}

function StepMark({ state }: { state: "done" | "current" | "ahead" }) {
  if (state === "done")
    return (
      <span className="grid size-[1.125rem] shrink-0 place-items-center rounded-full bg-ok text-surface">
        <Icon of={CheckIcon} className="size-3 stroke-2" />
      </span>
    );
  if (state === "current") return <span aria-hidden="true" className="size-[1.125rem] shrink-0 rounded-full border-[5px] border-accent bg-surface" />;
  return <span aria-hidden="true" className="size-[1.125rem] shrink-0 rounded-full border border-edge" />;
}
