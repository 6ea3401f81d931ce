import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { exportEnvironments, testWorkflowEnvironment, type EnvironmentOut } from "@/api/generated";
import { FailureLine } from "@/lib/failure/failure-line";
import { exportQuery } from "@/lib/list/address";
import { List } from "@/lib/list/list";
import { useRefresh } from "@/lib/refresh";
import { DoneMark, EnvironmentIcon, FailedMark, NoneMark } from "@/ui/icon";
import type { Column } from "@/ui/patterns/data-column";
import { EmptyState } from "@/ui/patterns/empty-state";
import { RelativeTime } from "@/ui/patterns/relative-time";
import { Button } from "@/ui/primitives/button";
import { Pill } from "@/ui/primitives/pill";
import { useToast } from "@/ui/primitives/toast";
import { changedByEnvironment } from "./changes";
import { CorrectConnection } from "./correct-connection";
import { ConnectEnvironment } from "./connect-environment";
import type { EnvironmentFilter, WorkflowSort } from "./lists";
import { environmentListOptions } from "./queries";
import { correcting, servers } from "./texts/admin";

const columnsOf = (onCorrect: (environment: EnvironmentOut) => void): Column<EnvironmentOut, WorkflowSort>[] => [
  { id: "name", head: servers.name, sort: "name", card: "title", cell: (row) => <span className="font-medium">{row.name}</span> },
  { id: "url", head: servers.address, card: "subtitle", cell: (row) => <Address environment={row} /> },
  { id: "version", head: servers.version, card: "none", room: "wide", cell: (row) => row.version ?? "—", className: "tabular" },
  { id: "checked", head: servers.checked, card: "none", room: "wide", cell: (row) => (row.checked_at ? <RelativeTime at={row.checked_at} /> : servers.never), className: "text-ink-2" },
  { id: "status", head: servers.connection, card: "value", cell: (row) => <Connection environment={row} onCorrect={() => onCorrect(row)} /> },
  { id: "test", head: servers.action, align: "right", card: "status", cell: (row) => <TestButton environment={row} /> },
];

/** On a card it says why the server is not connected, too: beside the name there is no room for a sentence. */
function Address({ environment: { base_url: address, check_failure: failure } }: { environment: EnvironmentOut }) {
  return (
    <>
      <span className="font-mono text-sm break-all text-ink-2">{address}</span>
      {failure && <span className="hidden text-sm whitespace-normal text-ink-2 in-[li]:block">{failure}</span>}
    </>
  );
}

function Connection({ environment, onCorrect }: { environment: EnvironmentOut; onCorrect: () => void }) {
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
    <Failure environment={environment} onCorrect={onCorrect} />
  );
}

/** Says why a server is not connected, and opens what corrects it. */
function Failure({ environment, onCorrect }: { environment: EnvironmentOut; onCorrect: () => void }) {
  return (
    <span className="flex flex-col items-start gap-1">
      <Pill icon={FailedMark} tone="bad">
        {servers.failed}
      </Pill>
      <span className="text-sm whitespace-normal text-ink-2 in-[li]:hidden">{environment.check_failure}</span>
      <button type="button" onClick={onCorrect} aria-label={correcting.openOf(environment.name)} className="text-sm text-accent hover:underline">
        {correcting.open}
      </button>
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
      <FailureLine of={test} />
    </>
  );
}

/** Lists the n8n servers that workflows may run on. */
export function EnvironmentsPanel({ filter, onFilter }: { filter: EnvironmentFilter; onFilter: (filter: EnvironmentFilter) => void }) {
  const query = useQuery(environmentListOptions(filter));
  const [corrected, setCorrected] = useState<EnvironmentOut>();
  return (
    <>
      <List
        label={servers.label}
        noun={servers.noun}
        searched={servers.searched}
        columns={columnsOf(setCorrected)}
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
      {/* Beside the table: a row's own part goes with it where rows become cards, and with what was typed. */}
      {corrected && <CorrectConnection environment={corrected} onClose={() => setCorrected(undefined)} />}
    </>
  );
}
