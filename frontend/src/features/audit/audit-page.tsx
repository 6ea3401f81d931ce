import { useQuery } from "@tanstack/react-query";
import { linkOptions } from "@tanstack/react-router";
import { exportAuditEvents } from "@/api/generated";
import { listAuditAreasOptions } from "@/api/generated/@tanstack/react-query.gen";
import { exportQuery } from "@/lib/list/address";
import { byDays, type FilterPart } from "@/lib/list/filter-parts";
import { ListPage } from "@/lib/list/list-page";
import { AuditIcon } from "@/ui/icon";
import { EmptyState } from "@/ui/patterns/empty-state";
import { zoneOfAll } from "@/ui/patterns/relative-time-format";
import { auditColumns, OUTCOME_LOOKS } from "./audit-columns";
import { askedOf, asksForRenewals, type AuditFilter } from "./list";
import { OrganizationFilter } from "./organization-filter";
import type { ShowEvent } from "./neighbours";
import { OpenEvent } from "./open-event";
import { OUTCOMES } from "./outcomes";
import { auditListOptions } from "./queries";
import { auditLog, columns, renewals } from "./texts";

const OUTCOME: FilterPart<AuditFilter> = { kind: "choice", key: "outcome", label: columns.outcome, options: OUTCOMES.map((value) => ({ value, label: OUTCOME_LOOKS[value].label })) };

const ORGANIZATION: FilterPart<AuditFilter> = { kind: "client", Filter: OrganizationFilter };

interface AuditPageProps {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
  /** Opens an entry beside the list, or closes the one that is open. */
  onShow: ShowEvent;
}

/** Searches what was done, by whom, and how it ended. */
export function AuditPage({ filter, onFilter, onShow }: AuditPageProps) {
  const query = useQuery(auditListOptions(filter));
  const areas = useQuery({ ...listAuditAreasOptions(), staleTime: Infinity });
  const area: FilterPart<AuditFilter> = { kind: "choice", key: "action", label: auditLog.area, options: (areas.data?.items ?? []).map(({ action, label }) => ({ value: action, label })) };
  const rows = query.data?.items ?? [];
  return (
    <>
      <ListPage
        title={auditLog.title}
        label={auditLog.label}
        noun={auditLog.noun}
        facts={
          <>
            <span>{auditLog.facts}</span>
            <RenewalsSwitch filter={filter} onFilter={onFilter} />
          </>
        }
        searched={auditLog.searched}
        filters={[ORGANIZATION, area, OUTCOME, byDays(auditLog.date)]}
        columns={auditColumns(zoneOfAll(rows.map(({ timestamp }) => new Date(timestamp))))}
        rowLink={({ id }) => linkOptions({ to: "/audit", search: { ...filter, event: id }, state: { isBesideList: true }, resetScroll: false })}
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
      {filter.event && <OpenEvent id={filter.event} answer={query.data} filter={filter} onShow={onShow} />}
    </>
  );
}

/** Says that renewals of sessions are left out, or shown, and changes it; there is one every few minutes for each open browser. */
function RenewalsSwitch({ filter, onFilter }: Pick<AuditPageProps, "filter" | "onFilter">) {
  const isShown = filter.renewals === "shown" || asksForRenewals(filter);
  return (
    <span>
      {isShown ? renewals.shown : renewals.hidden}{" "}
      {!asksForRenewals(filter) && (
        <button type="button" onClick={() => onFilter({ ...filter, page: undefined, cursor: undefined, renewals: isShown ? undefined : "shown" })} className="rounded-control font-medium text-accent hover:underline">
          {isShown ? renewals.hide : renewals.show}
        </button>
      )}
    </span>
  );
}
