/** Classes shared by everything a person types into or picks from. */
export const CONTROL =
  "control-height w-full rounded-control border border-edge bg-surface px-3 text-base text-ink placeholder:text-ink-3 " +
  "transition-colors hover:border-ink-3 aria-invalid:border-bad disabled:bg-sunk disabled:text-ink-3 " +
  "focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent";
