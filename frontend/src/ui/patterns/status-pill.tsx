import type { ReactNode } from "react";
import type { IconShape } from "@/ui/icon";
import { Pill, type Tone } from "@/ui/primitives/pill";

/** How a status is told everywhere: its word, its colour, its picture. */
export interface StatusLook {
  label: string;
  tone: Tone;
  icon: IconShape;
}

/** The looks of all statuses of a thing, in the order in which it goes through them. */
export type StatusLooks<Status extends string> = Readonly<Record<Status, StatusLook>>;

/** Makes the pill that says a status. */
export function statusPill<Status extends string>(looks: StatusLooks<Status>) {
  return function StatusPill({ status }: { status: Status }): ReactNode {
    const { label, tone, icon } = looks[status];
    return (
      <Pill tone={tone} icon={icon}>
        {label}
      </Pill>
    );
  };
}
