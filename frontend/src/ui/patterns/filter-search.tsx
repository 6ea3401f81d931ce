import { useEffect, useState } from "react";
import { Icon, SearchIcon } from "@/ui/icon";
import { Input } from "@/ui/primitives/input";

// What every list of the API takes; some take more.
const SEARCH_MAX = 100;

/** Filters by words, a moment after the last key. */
export function FilterSearch({ label, placeholder, value, onChange }: { label: string; placeholder: string; value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const [applied, setApplied] = useState(value);
  if (applied !== value) {
    // The address changed from outside (a cleared filter, the back button): the field follows.
    setApplied(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 250);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className="relative max-w-70 flex-[1_1_11rem] max-sm:max-w-full max-sm:basis-full">
      <Icon of={SearchIcon} className="pointer-events-none absolute inset-y-0 left-3 my-auto text-ink-3" />
      <Input type="search" maxLength={SEARCH_MAX} aria-label={label} placeholder={placeholder} value={text} onChange={(event) => setText(event.target.value)} className="pl-9" />
    </div>
  );
}
