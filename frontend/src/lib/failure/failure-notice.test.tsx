import { useMutation } from "@tanstack/react-query";
import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProject } from "@/api/generated";
import { renderPage } from "@/testing/render-page";
import { projectOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { Button } from "@/ui/primitives/button";
import { FailureLine } from "./failure-line";
import { FailureNotice } from "./failure-notice";

const server = testServer();

beforeEach(() => {
  document.cookie = "csrftoken=signed";
  vi.useFakeTimers({ shouldAdvanceTime: true });
});
afterEach(() => vi.useRealTimers());

function Act({ isLine = false }: { isLine?: boolean }) {
  const create = useMutation({ mutationFn: () => createProject({ body: { org_id: projectOf().organization.id, title: "Lead capture" }, throwOnError: true }) });
  return (
    <>
      {isLine ? <FailureLine of={create} /> : <FailureNotice of={create} />}
      <Button isBusy={create.isPending} onClick={() => create.mutate()}>
        Create project
      </Button>
      {create.isSuccess && <p>Created</p>}
    </>
  );
}

/** A refusal that says when to come back. */
function later(status: number, seconds: number, type = "unavailable", title = "This is temporarily unavailable"): Response {
  const body = { type, title, status, detail: "Try again in a while.", instance: "0199-request" };
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/problem+json", "Retry-After": String(seconds) } });
}

/** Answers the first presses so, and lets the next one through. */
function answerFirst(...answers: Response[]) {
  server.on("createProject", () => answers.shift() ?? projectOf());
}

const press = async () => {
  await act(async () => {
    screen.getByRole("button", { name: "Create project" }).click();
    await vi.advanceTimersByTimeAsync(0);
  });
};
const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
const told = () => screen.getByRole("timer").closest("[role=status]");
const keys = () => server.to("createProject").map(({ headers }) => headers.get("Idempotency-Key"));

describe("an act that the server refuses for a moment", () => {
  it.each([
    ["an earlier request of the same key is under way", later(409, 3, "request/idempotency-key-in-use", "In progress"), "Your request is still being processed"],
    ["it came too early", later(425, 3), "This is temporarily unavailable"],
    ["a limit was reached", later(429, 3, "rate-limited", "Too many requests. Try again shortly."), "Too many requests"],
    ["the server could not", later(503, 3), "This is temporarily unavailable"],
  ])("is tried again by itself, with the same key, where %s", async (_, answer, sentence) => {
    answerFirst(answer);
    await renderPage(<Act />);
    await press();
    await vi.waitFor(() => expect(told()).not.toBeNull());
    expect(told()).toHaveTextContent(`${sentence}Trying again in 3 seconds…`);
    expect(screen.getByRole("button", { name: "Create project" })).toHaveAttribute("aria-busy", "true");
    await pass(1);
    expect(screen.getByRole("timer")).toHaveTextContent("Trying again in 2 seconds…");
    expect(keys()).toHaveLength(1);
    await pass(2);
    await vi.waitFor(() => expect(screen.getByText("Created")).toBeVisible());
    expect(screen.queryByRole("timer")).not.toBeInTheDocument();
    expect(new Set(keys())).toHaveProperty("size", 1);
  });

  it("is tried again by itself once for each press, and says when to press again", async () => {
    answerFirst(later(503, 2), later(503, 2), later(503, 2));
    await renderPage(<Act />);
    await press();
    await vi.waitFor(() => expect(told()).not.toBeNull());
    await pass(2);
    await vi.waitFor(() => expect(screen.getByRole("alert")).toBeVisible());
    expect(screen.getByRole("alert")).toHaveTextContent(/^This is temporarily unavailableYou can try again in [12] seconds?\./);
    await pass(30);
    expect(screen.getByRole("alert")).toHaveTextContent("You can try again now.");
    expect(keys()).toHaveLength(2);
    await press();
    await vi.waitFor(() => expect(told()).not.toBeNull());
    await pass(2);
    await vi.waitFor(() => expect(screen.getByText("Created")).toBeVisible());
    expect(keys()).toHaveLength(4);
    expect(new Set(keys())).toHaveProperty("size", 1);
  });

  it("is not tried again by itself where the wait is long", async () => {
    answerFirst(later(429, 900, "auth/locked", "Too many failed attempts"));
    await renderPage(<Act />);
    await press();
    await vi.waitFor(() => expect(screen.getByRole("alert")).toBeVisible());
    expect(screen.getByRole("alert")).toHaveTextContent("Too many failed attemptsYou can try again in 15 minutes.");
    await pass(875);
    expect(screen.getByRole("timer")).toHaveTextContent("You can try again in 25 seconds.");
    await pass(60);
    expect(screen.getByRole("timer")).toHaveTextContent("You can try again now.");
    expect(keys()).toHaveLength(1);
  });

  it.each([
    ["the server says no time", refusal(503, { detail: "We could not do it." }), "We could not do it."],
    ["it is refused for good", refusal(409, { detail: "The project is archived." }), "The project is archived."],
  ])("is left to its person where %s", async (_, answer, sentence) => {
    answerFirst(answer);
    await renderPage(<Act isLine />);
    await press();
    await vi.waitFor(() => expect(screen.getByRole("alert")).toBeVisible());
    await pass(60);
    expect(screen.getByRole("alert")).toHaveTextContent(sentence);
    expect(screen.queryByRole("timer")).not.toBeInTheDocument();
    expect(keys()).toHaveLength(1);
  });

  it("is called off by whoever goes away meanwhile", async () => {
    answerFirst(later(503, 5));
    const { unmount } = await renderPage(<Act isLine />);
    await press();
    await vi.waitFor(() => expect(told()).not.toBeNull());
    expect(told()).toHaveTextContent("Trying again in 5 seconds…");
    unmount();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(keys()).toHaveLength(1);
  });
});
