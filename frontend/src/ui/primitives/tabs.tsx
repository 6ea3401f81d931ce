import { Tabs as Base } from "@base-ui/react/tabs";
import { useEffect, useRef, type ReactNode } from "react";

export interface TabItem<Value extends string> {
  value: Value;
  label: string;
  count?: number | undefined;
}

export interface TabsProps<Value extends string> {
  label: string;
  value: Value;
  items: readonly TabItem<Value>[];
  onChange: (value: Value) => void;
  children: ReactNode;
}

/** Shows one of several faces of a thing; the caller keeps the choice in the URL. */
export function Tabs<Value extends string>({ label, value, items, onChange, children }: TabsProps<Value>) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone the tabs may be wider than the screen; the one that is shown should be seen.
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [value]);
  return (
    <Base.Root value={value} onValueChange={(next: Value) => onChange(next)} className="flex flex-col gap-4">
      <Base.List ref={list} aria-label={label} className="flex gap-6 max-sm:gap-4 overflow-x-auto overflow-y-hidden border-b border-line [scrollbar-width:none]">
        {items.map((item) => (
          <Base.Tab
            key={item.value}
            value={item.value}
            className="-mb-px flex shrink-0 items-center gap-1.5 border-b-2 border-transparent pt-1 pb-2.5 text-base font-medium text-ink-2 transition-colors outline-offset-[-2px] hover:text-ink data-active:border-accent data-active:text-ink"
          >
            {item.label}
            {item.count !== undefined && <span className="tabular text-sm font-normal text-ink-3">{item.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {children}
    </Base.Root>
  );
}

/** The face that belongs to one tab. */
export function TabPanel({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Base.Panel value={value} className="outline-offset-4">
      {children}
    </Base.Panel>
  );
}
