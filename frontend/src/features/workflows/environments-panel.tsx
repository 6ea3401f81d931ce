import { useMutation, useQuery } from "@tanstack/react-query";
import { exportEnvironments, testWorkflowEnvironment, type EnvironmentOut } from "@/api/generated";
import { exportQuery } from "@/lib/list/address";
import { List } from "@/lib/list/list";
import { toApiError } from "@/lib/problem";
import { useRefresh } from "@/lib/refresh";
import { DoneMark, EnvironmentIcon, FailedMark, NoneMark } from "@/ui/icon";
import type { Column } from "@/ui/patterns/data-column";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { Button } from "@/ui/primitives/button";
import { Pill } from "@/ui/primitives/pill";
import { useToast } from "@/ui/primitives/toast";
import { changedByEnvironment } from "./changes";
import { ConnectEnvironment } from "./connect-environment";
import type { EnvironmentFilter, WorkflowSort } from "./lists";
import { environmentListOptions } from "./queries";
import { servers } from "./texts/admin";

const COLUMNS: Column<EnvironmentOut, WorkflowSort>[] = [
  { id: "name", head: servers.name, sort: "name", card: "title", cell: (row) => <span className="font-medium">{row.name}</span> },
  { id: "url", head: servers.address, card: "subtitle", cell: (row) => <span className="font-mono text-sm break-all text-ink-2">{row.base_url}</span> },
  { id: "version", head: servers.version, card: "none", room: "wide", cell: (row) => row.version ?? "—", className: "tabular" },
  { id: "checked", head: servers.checked, card: "none", room: "wide", cell: (row) => (row.checked_at ? <RelativeTime at={row.checked_at} /> : servers.never), className: "text-ink-2" },
  { id: "status", head: servers.connection, card: "value", cell: (row) => <Connection environment={row} /> },
  { id: "test", head: servers.action, align: "right", card: "status", cell: (row) => <TestButton environment={row} /> },
];

function Connection({ environment }: { environment: EnvironmentOut }) {
  if (environment.is_reachable === null)
    return (
      <Pill icon={NoneMark} tone="neutral">
        {servers.untested}
      </Pill>
    );
  return environment.is_reachable ? (
    <Pill icon={DoneMark} tone="ok">
      {servers.connected}
    </Pill>
  ) : (
    <span className="flex flex-col items-start gap-1">
      <Pill icon={FailedMark} tone="bad">
        {servers.failed}
      </Pill>
      <span className="text-sm text-ink-2">{environment.check_failure}</span>
    </span>
  );
}

function TestButton({ environment }: { environment: EnvironmentOut }) {
  const refresh = useRefresh();
  const toast = useToast();
  const test = useMutation({
    mutationFn: async () => (await testWorkflowEnvironment({ path: { environment_id: environment.id }, throwOnError: true })).data,
    onSuccess: async (checked) => {
      await refresh(changedByEnvironment());
      if (checked.is_reachable) toast(servers.connected, checked.version ? servers.running(checked.version) : undefined);
    },
  });
  return (
    <>
      <Button isBusy={test.isPending} onClick={() => test.mutate()} aria-label={servers.testOf(environment.name)}>
        {servers.test}
      </Button>
      {test.error && (
        <p role="alert" className="text-sm text-bad">
          {toApiError(test.error).detail}
        </p>
      )}
    </>
  );
}

/** Lists the n8n servers that workflows may run on. */
export function EnvironmentsPanel({ filter, onFilter }: { filter: EnvironmentFilter; onFilter: (filter: EnvironmentFilter) => void }) {
  const query = useQuery(environmentListOptions(filter));
  return (
    <List
      label={servers.label}
      noun={servers.noun}
      searched={servers.searched}
      columns={COLUMNS}
      defaultSort="-created_at"
      query={query}
      filter={filter}
      onFilter={onFilter}
      exported={{ name: "n8n-servers.csv", load: () => exportEnvironments({ query: exportQuery(filter), parseAs: "blob", throwOnError: true }) }}
      rowKey={(row) => row.id}
      empty={
        <EmptyState icon={EnvironmentIcon} title={servers.empty.title} action={<ConnectEnvironment variant="secondary" />}>
          {servers.empty.hint}
        </EmptyState>
      }
    />
  );
}
