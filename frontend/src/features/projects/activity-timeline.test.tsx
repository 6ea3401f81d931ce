import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { ActivityOut } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { idOf, pageOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { ActivityTimeline } from "./activity-timeline";

const server = testServer();
const CREATED = entry(0, { title: "Project created", is_visible_to_client: true });
const EVERYTHING = [...Array.from({ length: 40 }, (_, index) => entry(40 - index, { title: `Inner note ${40 - index}` })), CREATED];

function entry(number: number, parts: Partial<ActivityOut>): ActivityOut {
  return {
    id: idOf(100 + number),
    at: "2026-11-21T08:00:00Z",
    action: "project.updated",
    link: null,
    title: "Details were changed",
    detail: null,
    amount: null,
    actor: "Naledi",
    icon: "EDIT",
    tone: "NEUTRAL",
    resource_type: "project",
    resource_id: idOf(2),
    is_visible_to_client: false,
    ...parts,
  };
}

const show = () => renderPage(<ActivityTimeline projectId={idOf(2)} />, { me: { permissions: ["projects:update"] } });

beforeEach(() => {
  server.on("listProjectActivity", ({ query }) => {
    const told = EVERYTHING.filter((event) => query.visibility !== "CLIENT" || event.is_visible_to_client);
    const [start, size] = [Number(query.cursor ?? 0), Number(query.limit)];
    const next = start + size < told.length ? String(start + size) : null;
    return { ...pageOf(told.slice(start, start + size)), next_cursor: next };
  });
});

describe("the timeline", () => {
  it("begins with the latest ten, and leads to what they are about", async () => {
    EVERYTHING[0] = entry(40, { title: "Inner note 40", link: "/invoices/0199" });
    await show();
    expect(await screen.findAllByText(/^Inner note/)).toHaveLength(10);
    expect(screen.getByRole("link", { name: "Inner note 40" })).toHaveAttribute("href", "/invoices/0199");
    expect(screen.queryByRole("link", { name: "Inner note 39" })).toBeNull();
  });

  it("reaches the first entry, page by page, and then offers no more", async () => {
    await show();
    const older = await screen.findByRole("button", { name: "Show older" });
    expect(screen.queryByText("Project created")).not.toBeInTheDocument();
    await userEvent.click(older);
    expect(await screen.findByText("Project created")).toBeVisible();
    expect(screen.getByText("Inner note 40")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Show older" })).not.toBeInTheDocument();
  });

  it("shows what the client sees behind any number of entries that the client is not told", async () => {
    await show();
    await userEvent.click(await screen.findByRole("button", { name: "What the client sees" }));
    expect(await screen.findByText("Project created")).toBeVisible();
    expect(screen.queryByText(/Inner note/)).not.toBeInTheDocument();
  });

  it("keeps what it shows when older entries do not come, and says why", async () => {
    await show();
    const older = await screen.findByRole("button", { name: "Show older" });
    server.on("listProjectActivity", refusal(503, { detail: "Try again in a minute." }));
    await userEvent.click(older);
    expect(await screen.findByRole("alert")).toHaveTextContent("Try again in a minute.");
    expect(screen.getByText("Inner note 40")).toBeVisible();
  });
});
