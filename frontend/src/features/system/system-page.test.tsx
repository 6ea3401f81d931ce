import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { DeadLetterOut, RetriedMessageOut, SystemOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { bulkOperationOf, idOf, pageOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { SystemPage } from "./system-page";

const server = testServer();
const SYSTEM: SystemOut = {
  as_of: "2026-11-21T08:00:00Z",
  version: "0.1.0",
  commit: "abcdef0123",
  built_at: null,
  environment: "production",
  db_schema: { revision: "20261122_0030", oldest_supported: "20261122_0030", newest_supported: "20261122_0030" },
  processes: [
    {
      id: "one", kind: "worker", host: "worker-1", pid: 7, version: "0.1.0", commit: "abcdef0123", started_at: "2026-11-21T07:00:00Z", is_alive: true,
      silent_seconds: 1, loop_lag_ms: 2.4, clock_ahead_seconds: -0.2, pool_in_use: 1, pool_size: 13, places: { money: { busy: 1, total: 4 }, mail: { busy: 2, total: 4 } },
    },
    {
      id: "two", kind: "scheduler", host: "scheduler-1", pid: 8, version: "0.1.0", commit: "abcdef0123", started_at: "2026-11-21T07:00:00Z", is_alive: false,
      silent_seconds: 75, loop_lag_ms: 0, clock_ahead_seconds: 0, pool_in_use: 0, pool_size: 13, places: {},
    },
  ],
  lanes: [
    { lane: "money", open: 0, due: 0, under_way: 0, oldest_due_seconds: 0, failing: 0, oldest_failing_seconds: 0, queued: 0, places: { busy: 1, total: 4 } },
    { lane: "engine", open: 14, due: 12, under_way: 4, oldest_due_seconds: 300, failing: 2, oldest_failing_seconds: 7200, queued: 8, places: { busy: 4, total: 4 } },
  ],
  schedule: [
    { name: "proposals.expire", every_seconds: 300, last_slot_at: "2026-11-21T07:55:00Z", last_success_at: null, next_at: "2026-11-21T08:05:00Z", is_late: true, waiting: 3 },
    { name: "audit.make_partitions", every_seconds: 86_400, last_slot_at: "2026-11-21T00:00:00Z", last_success_at: "2026-11-21T00:00:01Z", next_at: "2026-11-22T00:00:00Z", is_late: false, waiting: 0 },
  ],
  key_rings: [
    { ring: "tokens", key_id: "k7", used_from: "2026-11-21T07:00:00Z", next_used_from: null },
    { ring: "pepper", key_id: null, used_from: null, next_used_from: null },
  ],
  retried: [],
  dead_letters: 2,
};
const RETRIED: RetriedMessageOut = {
  id: idOf(30),
  consumer: "workflows.remove",
  lane: "engine",
  organization: { id: idOf(1), name: "Harbour Logistics" },
  reason: "EngineUnauthorized",
  attempts: 5,
  created_at: "2026-11-21T06:00:00Z",
  next_try_at: "2026-11-21T13:00:00Z",
};
const letterOf = (number: number, parts: Partial<DeadLetterOut> = {}): DeadLetterOut => ({
  id: idOf(number),
  consumer: "proposals.mail",
  topic: "proposals.sent.v1",
  lane: "mail",
  organization: { id: idOf(1), name: "Harbour Logistics" },
  reason: "MailRefused",
  attempts: 12,
  created_at: "2026-11-18T08:00:00Z",
  died_at: "2026-11-21T08:00:00Z",
  request_id: null,
  ...parts,
});

async function show({ canRevive = true } = {}) {
  const { queryClient } = await renderPage(<SystemPage filter={{}} onFilter={vi.fn()} canRevive={canRevive} />);
  return { queryClient };
}

const rowOf = async (table: string, words: RegExp) => within(await screen.findByRole("table", { name: table })).getByRole("row", { name: words });

beforeEach(() => {
  server.on("getSystem", SYSTEM).on("listDeadLetters", pageOf([letterOf(10), letterOf(11, { consumer: "billing.write_invoice", organization: null })]));
});

describe("the system page", () => {
  it("tells the release and its schema", async () => {
    await show();
    expect(await screen.findByText("CapeControl 0.1.0 (abcdef0)")).toBeVisible();
    expect(screen.getByText("Schema 20261122_0030")).toBeVisible();
  });

  it("tells who runs, and who fell silent", async () => {
    await show();
    expect(await rowOf("Processes", /Worker/)).toHaveTextContent(/3 of 8.*Running/);
    expect(await rowOf("Processes", /Scheduler/)).toHaveTextContent("Not responding for 75 s");
  });

  it("tells how late each lane is", async () => {
    await show();
    expect(await rowOf("Deliveries", /Payments and invoices/)).toHaveTextContent("Nothing waiting");
    expect(await rowOf("Deliveries", /Workflows/)).toHaveTextContent(/12.*4 of 4.*5 min/);
  });

  it("tells what fails and is tried again", async () => {
    await show();
    expect(await rowOf("Deliveries", /Payments and invoices/)).toHaveTextContent("None");
    expect(await rowOf("Deliveries", /Workflows/)).toHaveTextContent("2, the oldest for 2 h");
  });

  it("calls no lane well while it fails", async () => {
    const failing = { lane: "mail", open: 12, due: 0, under_way: 0, oldest_due_seconds: 0, failing: 12, oldest_failing_seconds: 93_600, queued: 0, places: null };
    server.on("getSystem", { ...SYSTEM, lanes: [failing, { ...failing, lane: "money", failing: 1, oldest_failing_seconds: 4 }] });
    await show();
    const row = await rowOf("Deliveries", /E-mail/);
    expect(row).toHaveTextContent(/12 being retried$/);
    expect(row).not.toHaveTextContent("Nothing waiting");
    expect(await rowOf("Deliveries", /Payments and invoices/)).toHaveTextContent(/Nothing due$/);
  });

  it("says first what needs somebody to look", async () => {
    await show();
    const notice = (await screen.findByText("4 things need you")).closest<HTMLElement>("[role=status]");
    expect(within(notice ?? document.body).getAllByRole("link").map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
      ["2 messages couldn’t be delivered", "/admin/system#undelivered"],
      ["Scheduler on scheduler-1 · Not responding for 75 s", "/admin/system#processes"],
      ["Workflows · Late by 5 min", "/admin/system#deliveries"],
      ["Late jobs: Expire proposals that are past their date", "/admin/system#schedule"],
    ]);
    for (const part of ["undelivered", "processes", "deliveries", "schedule"]) expect(document.getElementById(part)).toBeVisible();
  });

  it("moves the focus to the part that a link leads to", async () => {
    await show();
    const link = await screen.findByRole("link", { name: "Workflows · Late by 5 min" });
    const onFocus = vi.fn();
    screen.getByRole("heading", { name: "Deliveries" }).addEventListener("focus", onFocus);
    await userEvent.click(link);
    expect(onFocus).toHaveBeenCalledOnce();
  });

  it("says that all is well where it is", async () => {
    server.on("getSystem", { ...SYSTEM, processes: [], lanes: [], schedule: [], dead_letters: 0 });
    await show();
    await screen.findByRole("table", { name: "Keys" });
    expect(screen.getByText("All is well")).toBeVisible();
    expect(screen.queryByText(/needs? you$/)).not.toBeInTheDocument();
  });

  it("says of when its figures are once the server stops answering", async () => {
    const { queryClient } = await show();
    await screen.findByRole("table", { name: "Processes" });
    server.on("getSystem", refusal(503, { detail: "The database is not answering." }));
    await queryClient.refetchQueries();
    expect(await screen.findByRole("alert", {}, { timeout: 10_000 })).toHaveTextContent(/Last updated .*The database is not answering\./);
    expect(screen.getByRole("table", { name: "Processes" })).toBeVisible();
  });

  it("tells whose clock is wrong", async () => {
    const skewed = (SYSTEM.processes ?? []).map((process) => ({ ...process, is_alive: true, clock_ahead_seconds: process.kind === "worker" ? 10_800 : -3600 }));
    server.on("getSystem", { ...SYSTEM, processes: skewed });
    await show();
    expect(await rowOf("Processes", /Worker/)).toHaveTextContent("Clock 3 h fast");
    expect(await rowOf("Processes", /Scheduler/)).toHaveTextContent("Clock 60 min slow");
  });

  it("tells which job is late", async () => {
    await show();
    expect(await rowOf("Schedule", /proposals\.expire/)).toHaveTextContent(/^Expire proposals that are past their date.*Every 5 min.*Never.*Late/);
    expect(screen.getByText("1 job is on time")).toBeVisible();
    expect(screen.queryByText("audit.make_partitions")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Show all jobs" }));
    expect(await rowOf("Schedule", /audit\.make_partitions/)).toHaveTextContent(/Every day.*On time/);
    await userEvent.click(screen.getByRole("button", { name: "Hide jobs on time" }));
    expect(screen.queryByText("audit.make_partitions")).toBeNull();
  });

  it("tells which key is in use for what", async () => {
    await show();
    expect(await rowOf("Keys", /Sign-in tokens/)).toHaveTextContent("k7");
    expect(await rowOf("Keys", /Passwords/)).toHaveTextContent("From the settings, not replaced yet");
  });

  it("says so when Redis does not answer, and shows the rest", async () => {
    server.on("getSystem", { ...SYSTEM, processes: null, lanes: SYSTEM.lanes.map((lane) => ({ ...lane, queued: null, places: null })) });
    await show();
    expect((await screen.findAllByText("Redis isn’t responding"))[0]).toBeVisible();
    expect(screen.queryByRole("table", { name: "Processes" })).not.toBeInTheDocument();
    expect(screen.getByRole("table", { name: "Schedule" })).toBeVisible();
  });

  it("says so when the role may not see it", async () => {
    server.on("getSystem", refusal(403, { detail: "No." }));
    await show();
    expect(await screen.findByText("You don’t have access to this")).toBeInTheDocument();
  });
});

describe("messages that are retried", () => {
  const engine = { lane: "engine", open: 1, due: 0, under_way: 0, oldest_due_seconds: 0, failing: 1, oldest_failing_seconds: 7200, queued: 0, places: null };

  beforeEach(() => {
    server.on("getSystem", { ...SYSTEM, processes: [], lanes: [engine], schedule: [], dead_letters: 0, retried: [RETRIED] }).on("listDeadLetters", pageOf([]));
  });

  it("say what they do, for whom and why they failed, and are where the notice leads", async () => {
    await show();
    expect(await rowOf("Being retried", /Remove a workflow from n8n/)).toHaveTextContent(/workflows\.remove.*n8n refused the API key.*Harbour Logistics/);
    expect(screen.getByText("1 thing needs you")).toBeVisible();
    expect(screen.getByRole("link", { name: "Workflows · 1 being retried: n8n refused the API key" })).toHaveAttribute("href", expect.stringMatching(/#retried$/));
  });

  it("are not said to be delivered", async () => {
    await show();
    expect(await screen.findByText("No message was given up")).toBeVisible();
    expect(screen.queryByText("Every message was delivered")).not.toBeInTheDocument();
  });

  it("are tried now", async () => {
    server.on("hastenMessage", { id: RETRIED.id });
    await show();
    const asked = server.to("getSystem").length;
    await userEvent.click(await screen.findByRole("button", { name: "Try now: Remove a workflow from n8n for Harbour Logistics" }));
    expect(await screen.findByText("The message will be tried now")).toBeVisible();
    expect(server.to("hastenMessage")[0]?.path).toEqual({ message_id: RETRIED.id });
    await waitFor(() => expect(server.to("getSystem").length).toBeGreaterThan(asked));
  });

  it("are said to be on their way when somebody else was first", async () => {
    server.on("hastenMessage", refusal(409, { detail: "It is being delivered now." }));
    await show();
    await userEvent.click(await screen.findByRole("button", { name: /^Try now/ }));
    expect(await screen.findByText("This message is being tried now, or was delivered or given up.")).toBeVisible();
  });

  it("are counted beyond those that are shown", async () => {
    server.on("getSystem", { ...SYSTEM, lanes: [{ ...engine, failing: 130 }], retried: [RETRIED] });
    await show();
    expect(await screen.findByText("The 1 oldest of 130")).toBeVisible();
  });

  it("are shown without the act to whoever may only read", async () => {
    await show({ canRevive: false });
    await screen.findByRole("table", { name: "Being retried" });
    expect(screen.queryByRole("button", { name: /^Try now/ })).not.toBeInTheDocument();
  });
});

describe("undelivered messages", () => {
  it("have a reason and an organization", async () => {
    await show();
    expect(await rowOf("Undelivered messages", /proposals\.mail/)).toHaveTextContent(/The mail server refused it.*Harbour Logistics.*12/);
  });

  it("are shown with what proves what happened, by keyboard too, and the focus comes back", async () => {
    server.on("listDeadLetters", pageOf([letterOf(10, { reason: "KeyError", request_id: "0199-request" })]));
    await show();
    const opener = await screen.findByRole("button", { name: "Open “Prepare the e-mail of a proposal for Harbour Logistics”" });
    opener.focus();
    await userEvent.keyboard("{Enter}");
    const panel = await screen.findByRole("dialog", { name: "Prepare the e-mail of a proposal" });
    expect(panel).toHaveTextContent("Internal error (KeyError)");
    expect(panel).toHaveTextContent(/Harbour Logistics.*proposals\.sent\.v1.*E-mail.*12.*0199-request/);
    expect(panel).toHaveTextContent(/Created.*(18 November|November 18).*Last attempt.*(21 November|November 21)/);
    expect(within(panel).getByRole("button", { name: /^Copy the request ID: ?0199-request$/ })).toBeVisible();
    expect(within(panel).getByRole("button", { name: new RegExp(`^Copy the message ID: ?${idOf(10)}$`) })).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(opener).toHaveFocus());
  });

  it("are told from each other by who opens them without seeing the row", async () => {
    await show();
    const named = await screen.findByRole("button", { name: "Open “Prepare the e-mail of a proposal for Harbour Logistics”" });
    expect(named).toHaveTextContent(/^Prepare the e-mail of a proposal$/);
    await userEvent.click(screen.getByRole("button", { name: "Open “Create the PDF of an invoice”" }));
    // What it is called in the log stands there, too.
    const panel = await screen.findByRole("dialog", { name: "Create the PDF of an invoice" });
    expect(within(panel).getByText("In the log").nextElementSibling).toHaveTextContent("billing.write_invoice");
  });

  it("come a hundred to a page", async () => {
    await show();
    await screen.findByRole("table", { name: "Undelivered messages" });
    expect(server.to("listDeadLetters")[0]?.query).toMatchObject({ limit: "100" });
  });

  it("are tried again one by one", async () => {
    server.on("reviveDeadLetter", { revived: 1 });
    await show();
    await userEvent.click(await screen.findByRole("button", { name: "Try again: Prepare the e-mail of a proposal for Harbour Logistics" }));
    expect(await screen.findByText("The message will be tried again")).toBeVisible();
    expect(server.to("reviveDeadLetter")[0]?.path).toEqual({ message_id: idOf(10) });
    expect(server.to("listDeadLetters").length).toBeGreaterThan(1);
  });

  it("are not said to be on their way when somebody else was first", async () => {
    server.on("reviveDeadLetter", refusal(409, { detail: "This message is being delivered." }));
    await show();
    await userEvent.click(await screen.findByRole("button", { name: "Try again: Prepare the e-mail of a proposal for Harbour Logistics" }));
    expect(await screen.findByText("Someone else has already tried this message again.")).toBeVisible();
  });

  it("are counted beyond the page", async () => {
    server.on("listDeadLetters", pageOf([letterOf(10), letterOf(11)], { total: 130, pages: 65 }));
    await show();
    expect(await screen.findByText("2 of 130")).toBeVisible();
  });

  it("are tried again together, by keyboard too", async () => {
    server.on("startBulkOperation", bulkOperationOf({ kind: "dead_letters.revive", total: 2 }));
    await show();
    (await screen.findByRole("checkbox", { name: "Select Prepare the e-mail of a proposal for Harbour Logistics" })).focus();
    await userEvent.keyboard(" ");
    const toolbar = within(screen.getByRole("toolbar", { name: "Selected rows" }));
    expect(toolbar.getByText("1 selected")).toBeVisible();
    await userEvent.click(screen.getByRole("checkbox", { name: "Select all on this page" }));
    await userEvent.click(toolbar.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(server.to("startBulkOperation").map(({ body }) => body)).toEqual([{ kind: "dead_letters.revive", ids: [idOf(10), idOf(11)] }]));
  });

  it("are narrowed to one kind", async () => {
    const onFilter = vi.fn();
    await renderPage(<SystemPage filter={{ consumer: "proposals.mail" }} onFilter={onFilter} canRevive />);
    await screen.findByRole("table", { name: "Undelivered messages" });
    expect(screen.getByLabelText("Message")).toHaveValue("proposals.mail");
    expect(screen.getByRole("option", { name: "Prepare the e-mail of a proposal" })).toBeVisible();
    expect(server.to("listDeadLetters")[0]?.query).toMatchObject({ consumer: "proposals.mail" });
    await userEvent.selectOptions(screen.getByLabelText("Message"), "billing.write_invoice");
    expect(onFilter).toHaveBeenLastCalledWith(expect.objectContaining({ consumer: "billing.write_invoice" }));
  });

  it("say on the page when they could not be tried again", async () => {
    server.on("reviveDeadLetter", refusal(503, { detail: "Try again in a minute." }));
    await show();
    await userEvent.click(await screen.findByRole("button", { name: "Try again: Prepare the e-mail of a proposal for Harbour Logistics" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Try again in a minute.");
  });

  it("are shown without the act to whoever may only read", async () => {
    await show({ canRevive: false });
    await screen.findByRole("table", { name: "Undelivered messages" });
    expect(screen.queryByRole("button", { name: /again/ })).not.toBeInTheDocument();
    expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
  });

  it("say what would stand there when all was delivered", async () => {
    server.on("listDeadLetters", pageOf([]));
    await show();
    expect(await screen.findByText("Every message was delivered")).toBeVisible();
  });
});
