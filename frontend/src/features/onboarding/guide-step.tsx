import { RichText } from "@/ui/patterns/rich-text";
import { Kbd } from "@/ui/primitives/kbd";
import { StepBody } from "./step-body";
import { guide } from "./texts/guide";

const KEYS = { key: (name: string) => <Kbd>{name}</Kbd> };

/** Gives three tips that make the portal quick to use. */
export function GuideStep() {
  return (
    <StepBody step="guide" title={guide.title} lead={guide.lead} verb={guide.submit}>
      <ol className="flex list-decimal flex-col gap-4 pl-5 text-ink-2 marker:font-semibold marker:text-accent">
        {[guide.dashboard, guide.timeline].map(({ title, text }) => (
          <li key={title}>
            <span className="font-medium text-ink">{title}</span> {text}
          </li>
        ))}
        <li>
          <span className="font-medium text-ink">{guide.search.title}</span> {guide.search.text}{" "}
          <span className="pointer-coarse:hidden">
            <RichText text={guide.searchKeys} parts={KEYS} />
          </span>
        </li>
      </ol>
    </StepBody>
  );
}
