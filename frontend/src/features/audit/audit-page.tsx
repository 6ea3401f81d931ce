import { useQuery } from "@tanstack/react-query";
import { exportAuditEvents } from "@/api/generated";
import { listAuditAreasOptions } from "@/api/generated/@tanstack/react-query.gen";
import { exportQuery } from "@/lib/list/address";
import { byDays, type FilterPart } from "@/lib/list/filter-parts";
import { ListPage } from "@/lib/list/list-page";
import { AuditIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { auditColumns, OUTCOME_LOOKS } from "./audit-columns";
import { askedOf, type AuditFilter } from "./list";
import { OrganizationFilter } from "./organization-filter";
import { OpenEvent } from "./open-event";
import { OUTCOMES } from "./outcomes";
import { auditListOptions } from "./queries";
import { auditLog, columns, renewals } from "./texts";

const OUTCOME: FilterPart<AuditFilter> = { kind: "choice", key: "outcome", label: columns.outcome, options: OUTCOMES.map((value) => ({ value, label: OUTCOME_LOOKS[value].label })) };

const ORGANIZATION: FilterPart<AuditFilter> = { kind: "client", Filter: OrganizationFilter };
const RENEWALS: FilterPart<AuditFilter> = { kind: "choice", key: "renewals", label: renewals.label, options: [{ value: "shown", label: renewals.shown }], any: renewals.hidden, isSeldom: true };

interface AuditPageProps {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
  /** Opens an entry beside the list, or closes the one that is open. */
  onShow: (id: string | undefined) => void;
}

/** Searches what was done, by whom, and how it ended. */
export function AuditPage({ filter, onFilter, onShow }: AuditPageProps) {
  const query = useQuery(auditListOptions(filter));
  const areas = useQuery({ ...listAuditAreasOptions(), staleTime: Infinity });
  const area: FilterPart<AuditFilter> = { kind: "choice", key: "action", label: auditLog.area, options: (areas.data?.items ?? []).map(({ action, label }) => ({ value: action, label })) };
  return (
    <>
      <ListPage
        title={auditLog.title}
        label={auditLog.label}
        noun={auditLog.noun}
        facts={auditLog.facts}
        searched={auditLog.searched}
        filters={[ORGANIZATION, area, OUTCOME, byDays(auditLog.date), RENEWALS]}
        columns={auditColumns((event) => onShow(event.id))}
        defaultSort="-occurred_at"
        query={query}
        filter={filter}
        onFilter={onFilter}
        rowKey={(row) => row.id}
        exported={{ name: "audit.csv", load: () => exportAuditEvents({ query: exportQuery(askedOf(filter)), parseAs: "blob", throwOnError: true }) }}
        empty={
          <EmptyState icon={AuditIcon} title={auditLog.empty.title}>
            {auditLog.empty.hint}
          </EmptyState>
        }
      />
      {filter.event && <OpenEvent id={filter.event} listed={query.data?.items.find(({ id }) => id === filter.event)} onClose={() => onShow(undefined)} />}
    </>
  );
}
