import { stepCount } from "./texts/step-count";

/** Says which step of a few this is. */
export function StepCount({ at, of }: { at: number; of: number }) {
  return (
    <div className="mb-3 flex items-center gap-3 text-sm text-ink-3">
      <span className="tabular">{stepCount(at, of)}</span>
      <span aria-hidden="true" className="flex flex-1 gap-1">
        {Array.from({ length: of }, (_, index) => (
          <span key={index} className={`h-1 flex-1 rounded-full ${index < at ? "bg-accent" : "bg-line"}`} />
        ))}
      </span>
    </div>
  );
}
