/** Shows how much of a known whole is done. */
export function Progress({ label, done, total, text }: { label: string; done: number; total: number; text: string }) {
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={total} aria-valuenow={done} aria-valuetext={text} className="h-1.5 overflow-hidden rounded-full bg-sunk">
      <svg aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none" className="block size-full text-accent">
        <rect width={total === 0 ? 100 : (100 * done) / total} height="1" fill="currentColor" />
      </svg>
    </div>
  );
}
