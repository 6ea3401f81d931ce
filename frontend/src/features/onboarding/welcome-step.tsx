import { useMe } from "@/lib/session/me";
import { Icon, MoneyIcon, ProposalIcon, WorkflowIcon, type IconShape } from "@/ui/icon";
import { StepBody } from "./step-body";

const PARTS: { icon: IconShape; title: string; text: string }[] = [
  { icon: ProposalIcon, title: "Proposals", text: "Read what is offered, ask for changes, approve: with the total always in sight." },
  { icon: MoneyIcon, title: "Payments", text: "Pay on Stripe and find every invoice, with its PDF, in one list." },
  { icon: WorkflowIcon, title: "Workflows", text: "See what runs for you, when it last ran, and whether it worked." },
];

/** Says what this place is for. */
export function WelcomeStep() {
  const me = useMe();
  return (
    <StepBody step="welcome" title={`Welcome${me.full_name ? `, ${me.full_name.split(" ")[0] ?? ""}` : ""}`} lead="Three short steps, about two minutes." verb="Begin">
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
