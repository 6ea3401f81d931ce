import { Kbd } from "@/ui/primitives/kbd";
import { StepBody } from "./step-body";

/** Shows the three habits that make the app quick. */
export function GuideStep() {
  return (
    <StepBody step="guide" title="Three things to know" lead="Then it is yours." verb="Open CapeControl">
      <ol className="flex list-decimal flex-col gap-4 pl-5 text-ink-2 marker:font-semibold marker:text-accent">
        <li>
          <span className="font-medium text-ink">The dashboard tells what waits on you.</span> If it says nothing, nothing does.
        </li>
        <li>
          <span className="font-medium text-ink">Every number is a link</span> to the list that proves it.
        </li>
        <li>
          <span className="font-medium text-ink">
            <Kbd>Ctrl</Kbd> <Kbd>K</Kbd> goes anywhere
          </span>{" "}
          (<Kbd>⌘</Kbd> <Kbd>K</Kbd> on a Mac).
        </li>
      </ol>
    </StepBody>
  );
}
