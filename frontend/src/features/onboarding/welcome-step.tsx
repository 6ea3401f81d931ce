import { useMe } from "@/lib/session/me";
import { Icon, MoneyIcon, ProposalIcon, WorkflowIcon, type IconShape } from "@/ui/icon";
import { StepBody } from "./step-body";

const PARTS: { icon: IconShape; title: string; text: string }[] = [
  { icon: ProposalIcon, title: "Proposals", text: "Read each proposal, ask for changes or approve it, with the total always in view." },
  { icon: MoneyIcon, title: "Payments", text: "Pay securely through Stripe, and find every invoice and its PDF in one place." },
  { icon: WorkflowIcon, title: "Workflows", text: "See what is automated for you, when it last ran and whether it succeeded." },
];

/** Says what the portal is for. */
export function WelcomeStep() {
  const me = useMe();
  return (
    <StepBody step="welcome" title={`Welcome${me.full_name ? `, ${me.full_name.split(" ")[0] ?? ""}` : ""}`} lead="Four short steps take about two minutes. Here is what you can do in the portal." verb="Get started">
      <ul className="flex flex-col gap-5">
        {PARTS.map((part) => (
          <li key={part.title} className="flex gap-4">
            <span className="grid size-9 shrink-0 place-items-center rounded-control bg-soft text-soft-ink">
              <Icon of={part.icon} size="lg" />
            </span>
            <div>
              <p className="font-medium">{part.title}</p>
              <p className="text-ink-2">{part.text}</p>
            </div>
          </li>
        ))}
      </ul>
    </StepBody>
  );
}
