import type { ActivityIcon, ActivityOut, ActivityTone } from "@/api/generated";
import { ChangesIcon, CheckIcon, ClockIcon, CloseIcon, EditIcon, ForwardIcon, MoneyIcon, PlusIcon, ProposalIcon, SendIcon, WarningIcon, WorkflowIcon, type IconShape } from "@/ui/icon";
import type { TimelineEntry } from "@/ui/patterns/timeline";

const ICONS = {
  PLUS: PlusIcon,
  EDIT: EditIcon,
  FORWARD: ForwardIcon,
  SEND: SendIcon,
  CHECK: CheckIcon,
  CHANGES: ChangesIcon,
  CLOSE: CloseIcon,
  CLOCK: ClockIcon,
  BANKNOTES: MoneyIcon,
  DOCUMENT: ProposalIcon,
  BOLT: WorkflowIcon,
  WARNING: WarningIcon,
} satisfies Record<ActivityIcon, IconShape>;

type Look = Required<Pick<TimelineEntry, "icon" | "tone">>;

const TONES: Record<ActivityTone, Look["tone"]> = { NEUTRAL: "neutral", OK: "ok", WARN: "warn", BAD: "bad" };

// A page that stayed open over an upgrade may meet a picture that it does not know yet.
const KNOWN: Partial<Record<string, IconShape>> = ICONS;

/** Returns the picture of an entry, as the feature that wrote it declared its kind. */
export function activityLook({ icon, tone }: Pick<ActivityOut, "icon" | "tone">): Look {
  return { icon: KNOWN[icon] ?? EditIcon, tone: TONES[tone] };
}
