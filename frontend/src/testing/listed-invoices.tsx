import { useQuery, keepPreviousData } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, vi } from "vitest";
import { exportAuditEvents, type InvoiceOut, type InvoiceStatus } from "@/api/generated";
import { listInvoicesOptions } from "@/api/generated/@tanstack/react-query.gen";
import { DoneMark, NoneMark, PauseIcon, WaitingMark } from "@/ui/icon";
import type { Column } from "@/ui/patterns/data-column";
import type { StatusLooks } from "@/ui/patterns/status-pill";
import { listQuery, type ListFilter } from "@/lib/list/address";
import type { BulkAction } from "@/lib/list/bulk-actions";
import { byClient, byDays, byStatus } from "@/lib/list/filter-parts";
import { ListPage } from "@/lib/list/list-page";
import { renderPage } from "./render-page";
import { idOf, invoiceOf, pageOf } from "./samples";
import { testServer } from "./server";

const LOOKS: StatusLooks<InvoiceStatus> = {
  ISSUED: { label: "Open", tone: "info", icon: WaitingMark },
  PAID: { label: "Paid", tone: "ok", icon: DoneMark },
  VOID: { label: "Void", tone: "neutral", icon: NoneMark },
};
type Sort = "number" | "-number" | "total" | "-total" | "-created_at";
type Filter = ListFilter<InvoiceStatus, Sort>;
const COLUMNS: Column<InvoiceOut, Sort>[] = [
  { id: "number", head: "Number", sort: "number", card: "title", cell: (row) => row.number },
  { id: "title", head: "For", card: "subtitle", cell: (row) => row.title },
  { id: "total", head: "Total", sort: "-total", align: "right", card: "value", cell: (row) => row.total.amount },
];
const FILTERS = [byStatus(LOOKS), byClient, byDays("Issued")];
// Any kind will do: what is tested is how it is started.
const PAUSE: BulkAction = {
  kind: "workflows.pause",
  verb: "Pause",
  icon: PauseIcon,
  count: (count) => `${count} invoices`,
  question: (what) => ({ title: `Pause ${what}?`, description: "They stand still." }),
  isHarmless: true,
};

export interface Parts {
  canExport?: boolean;
  canAct?: boolean;
}

function Page({ start, onFilter, canExport, canAct }: Parts & { start: Filter; onFilter: (filter: Filter) => void }) {
  const [filter, setFilter] = useState(start);
  const query = useQuery({ ...listInvoicesOptions({ query: listQuery(filter) }), placeholderData: keepPreviousData });
  return (
    <ListPage
      title="Invoices"
      noun={{ one: "invoice", other: "invoices" }}
      searched="Number"
      columns={COLUMNS}
      filters={FILTERS}
      defaultSort="-created_at"
      query={query}
      filter={filter}
      onFilter={(next) => {
        onFilter(next);
        setFilter(next);
      }}
      rowKey={(row) => row.id}
      exported={canExport ? { name: "invoices.csv", load: () => exportAuditEvents({ parseAs: "blob", throwOnError: true }) } : undefined}
      bulk={canAct ? { actions: [PAUSE], nameOf: (row) => row.number } : undefined}
      empty="No invoices yet"
    />
  );
}

export async function show(start: Filter = {}, { staff = false, ...parts }: Parts & { staff?: boolean } = {}) {
  const onFilter = vi.fn<(filter: Filter) => void>();
  const view = await renderPage(<Page start={start} onFilter={onFilter} {...parts} />, { me: { permissions: staff ? ["organizations:list"] : [] } });
  return { onFilter, last: () => JSON.parse(JSON.stringify(onFilter.mock.lastCall?.[0] ?? null)) as Filter | null, ...view };
}

export const numbered = (count: number) => Array.from({ length: count }, (_, index) => invoiceOf({ id: idOf(100 + index), number: `INV-${index + 1}` }));
export const head = (name: string) => screen.findByRole("columnheader", { name });

/** Answers the list, and forgets after each test what a page keeps in the browser. */
export function listServer() {
  const server = testServer();
  beforeEach(() => server.on("listInvoices", pageOf([invoiceOf()])));
  afterEach(() => {
    window.localStorage.clear();
    window.sessionStorage.clear();
    vi.restoreAllMocks();
    delete document.documentElement.dataset.narrow;
  });
  return Object.assign(server, { asked: () => server.to("listInvoices").at(-1)?.query });
}
