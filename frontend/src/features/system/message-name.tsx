import type { ReactNode } from "react";
import { CodeName } from "./code-name";
import { consumerName } from "./names";
import { undelivered } from "./texts";

interface NamedMessage {
  consumer: string;
  organization: { name: string } | null;
}

/** Tells a message from others of its kind, to whoever hears one control of a row alone. */
export function nameOf({ consumer, organization }: NamedMessage): string {
  const name = consumerName(consumer);
  return organization ? undelivered.of(name, organization.name) : name;
}

/** Says what a message does, which may open it, and what it is called in the log; on a card its organization, too. */
export function MessageName({ message: { consumer, organization }, open = (words) => words }: { message: NamedMessage; open?: (words: string) => ReactNode }) {
  const told = consumerName(consumer);
  return (
    <>
      <span className="block font-medium">{open(told)}</span>
      {told !== consumer && (
        <span className="block font-normal text-ink-3">
          <CodeName name={consumer} />
        </span>
      )}
      {organization && <span className="line-clamp-2 text-sm font-normal text-ink-2 @4xl:hidden">{organization.name}</span>}
    </>
  );
}
