/** Writes a name of the code ("billing.write_invoice") so that it breaks between its words only. */
export function CodeName({ name }: { name: string }) {
  return (
    <span className="font-mono text-sm break-words">
      {name.split(/(?<=[._])/).map((word, index) => (
        <span key={index}>
          {word}
          <wbr />
        </span>
      ))}
    </span>
  );
}
