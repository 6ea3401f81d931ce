import { useQuery } from "@tanstack/react-query";
import type { ProposalOut } from "@/api/generated";
import { Card } from "@/ui/patterns/card";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { Money } from "@/ui/patterns/money";
import { TextLink } from "@/ui/primitives/link";
import { invoiceListOptions } from "./queries";
import { projectMoney } from "./texts";

/** The proposal that the client approved. */
type Agreed = Pick<ProposalOut, "id" | "total">;

/** Sets what was agreed for a project against what was paid. */
export function MoneyCard({ projectId, proposal }: { projectId: string; proposal: Agreed | undefined }) {
  const { data } = useQuery(invoiceListOptions({ project_id: projectId }));
  if (!proposal || !data) return null;
  const { id: proposalId, total: agreed } = proposal;
  const paid = data.items.filter((invoice) => invoice.status === "PAID").reduce((sum, invoice) => sum + invoice.total.amount, 0);
  const share = agreed.amount > 0 ? Math.min(100, Math.round((paid * 100) / agreed.amount)) : 0;
  return (
    <Card title={projectMoney.title}>
      <DefinitionList
        items={[
          { term: projectMoney.agreed, value: <TextLink to="/proposals/$proposalId" params={{ proposalId }}><Money value={agreed} /></TextLink> },
          { term: projectMoney.paid, value: <TextLink to="/projects/$projectId" params={{ projectId }} search={{ tab: "invoices" }}><Money value={{ amount: paid, currency: agreed.currency }} /></TextLink> },
          { term: projectMoney.open, value: <Money value={{ amount: agreed.amount - paid, currency: agreed.currency }} /> },
        ]}
      />
      <progress aria-label={projectMoney.share} value={share} max={100} className="mt-4 block h-1.5 w-full appearance-none overflow-hidden rounded-full [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent" />
    </Card>
  );
}
