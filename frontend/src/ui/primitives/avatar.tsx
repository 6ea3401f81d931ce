/** Shows a person's initials. */
export function Avatar({ name }: { name: string }) {
  return (
    <span aria-hidden="true" className="grid size-7 shrink-0 place-items-center rounded-full bg-soft text-[0.6875rem] font-semibold text-soft-ink">
      {initials(name)}
    </span>
  );
}

/** Gives up to two capitals: of the first and last word, or the first two letters of one word. */
export function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  const [first = "?"] = words;
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return (last ? first.charAt(0) + last.charAt(0) : first.slice(0, 2)).toUpperCase();
}
