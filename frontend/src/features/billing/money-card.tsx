import { useQuery } from "@tanstack/react-query";
import type { MoneyBody } from "@/api/generated";
import { Card } from "@/ui/patterns/card";
import { DefinitionList } from "@/ui/patterns/definition-list";
import { Money } from "@/ui/patterns/money";
import { invoiceListOptions } from "./queries";
import { projectMoney } from "./texts";

/** Sets what was agreed for a project against what was paid. */
export function MoneyCard({ projectId, agreed }: { projectId: string; agreed: MoneyBody | null }) {
  const { data } = useQuery(invoiceListOptions({ project_id: projectId }));
  if (!agreed || !data) return null;
  const paid = data.items.filter((invoice) => invoice.status === "PAID").reduce((sum, invoice) => sum + invoice.total.amount, 0);
  const share = agreed.amount > 0 ? Math.min(100, Math.round((paid * 100) / agreed.amount)) : 0;
  return (
    <Card title={projectMoney.title}>
      <DefinitionList
        items={[
          { term: projectMoney.agreed, value: <Money value={agreed} /> },
          { term: projectMoney.paid, value: <Money value={{ amount: paid, currency: agreed.currency }} /> },
          { term: projectMoney.open, value: <Money value={{ amount: agreed.amount - paid, currency: agreed.currency }} /> },
        ]}
      />
      <progress aria-label={projectMoney.share} value={share} max={100} className="mt-4 block h-1.5 w-full appearance-none overflow-hidden rounded-full [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent" />
    </Card>
  );
}
