import { useBranding } from "@/lib/face";
import { useMe } from "@/lib/session/me";
import { Icon, MoneyIcon, ProposalIcon, WorkflowIcon, type IconShape } from "@/ui/icon";
import { StepBody } from "./step-body";
import { welcome } from "./texts/welcome";

const PARTS: { icon: IconShape; title: string; text: string }[] = [
  { icon: ProposalIcon, ...welcome.proposals },
  { icon: MoneyIcon, ...welcome.payments },
  { icon: WorkflowIcon, ...welcome.workflows },
];

/** Says what the portal is for. */
export function WelcomeStep() {
  const me = useMe();
  const business = useBranding()?.name;
  return (
    <StepBody step="welcome" title={welcome.title(me.full_name.split(" ")[0])} lead={welcome.lead(business)} verb={welcome.submit}>
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
