import type { ReactNode } from "react";
import { NoneMark, type IconShape } from "@/ui/icon";
import { Pill, type Tone } from "@/ui/primitives/pill";

/** How a status is told everywhere: its word, its colour, its picture. */
export interface StatusLook {
  label: string;
  tone: Tone;
  icon: IconShape;
  /** What is as it should be, in a list where most are. */
  isQuiet?: boolean;
}

/** The looks of all statuses of a thing, in the order in which it goes through them. */
export type StatusLooks<Status extends string> = Readonly<Record<Status, StatusLook>>;

/** Finds how a status is told; one that only a later release of the server knows, by its own word. */
export function lookOf<Status extends string>(looks: StatusLooks<Status>, status: string): StatusLook {
  return Object.hasOwn(looks, status) ? looks[status as Status] : { label: plainWord(status), tone: "neutral", icon: NoneMark };
}

/** Makes the pill that says a status. */
export function statusPill<Status extends string>(looks: StatusLooks<Status>) {
  return function StatusPill({ status }: { status: string }): ReactNode {
    const { label, tone, icon, isQuiet } = lookOf(looks, status);
    return (
      <Pill tone={tone} icon={icon} isQuiet={isQuiet}>
        {label}
      </Pill>
    );
  };
}

function plainWord(status: string): string {
  const words = status.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
