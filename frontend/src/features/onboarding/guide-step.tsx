import { Kbd } from "@/ui/primitives/kbd";
import { StepBody } from "./step-body";

/** Gives three tips that make the portal quick to use. */
export function GuideStep() {
  return (
    <StepBody step="guide" title="Three tips before you start" lead="Then you’re ready to go." verb="Go to your dashboard">
      <ol className="flex list-decimal flex-col gap-4 pl-5 text-ink-2 marker:font-semibold marker:text-accent">
        <li>
          <span className="font-medium text-ink">Your dashboard lists everything that needs your attention.</span> Proposals to review and payments due appear at the top.
        </li>
        <li>
          <span className="font-medium text-ink">Each project has a timeline.</span> Proposals, payments and workflows appear there as they happen.
        </li>
        <li>
          <span className="font-medium text-ink">
            Press <Kbd>Ctrl</Kbd> <Kbd>K</Kbd> to search.
          </span>{" "}
          On a Mac, press <Kbd>⌘</Kbd> <Kbd>K</Kbd>.
        </li>
      </ol>
    </StepBody>
  );
}
