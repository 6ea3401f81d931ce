/** "PRJ-2026-007 v1" and "INV-2026-0002". */
const NUMBER = /([A-Z]{2,8}-\d{4}-\d+(?: v\d+)?)/;

/** Writes a text whose records' numbers do not break. */
export function Numbered({ children }: { children: string }) {
  // Every other part is a number: the pattern keeps what it splits at.
  return children.split(NUMBER).map((part, index) =>
    index % 2 === 1 ? (
      <span key={index} className="whitespace-nowrap">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
