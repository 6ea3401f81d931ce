import { Switch as Base } from "@base-ui/react/switch";
import { useId, type ReactNode } from "react";

/** Turns something on or off at once. */
export function Switch({ label, isOn, onChange, isDisabled = false }: { label: ReactNode; isOn: boolean; onChange: (isOn: boolean) => void; isDisabled?: boolean }) {
  const id = useId();
  return (
    <div className="flex items-center gap-2.5">
      <Base.Root
        aria-labelledby={id}
        checked={isOn}
        onCheckedChange={onChange}
        disabled={isDisabled}
        className="relative h-5 w-9 rounded-full border border-edge bg-sunk p-0 transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60"
      >
        <Base.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-ink-3 transition-transform data-checked:translate-x-[1.125rem] data-checked:bg-on-accent" />
      </Base.Root>
      <span id={id} className="text-base">
        {label}
      </span>
    </div>
  );
}
