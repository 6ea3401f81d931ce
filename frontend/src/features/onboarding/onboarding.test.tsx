import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { meOf, onboardingOf } from "@/testing/samples";
import { held, refusal, testServer } from "@/testing/server";
import { ChecklistStep } from "./checklist-step";
import { GuideStep } from "./guide-step";
import { OnboardingFrame } from "./onboarding-frame";
import { ProfileStep } from "./profile-step";
import { WelcomeStep } from "./welcome-step";

const server = testServer();

describe("the steps", () => {
  it.each([
    ["welcome", <WelcomeStep key="welcome" />, "Begin", 1, "/onboarding"],
    ["checklist", <ChecklistStep key="checklist" />, "Continue", 3, "/onboarding"],
    ["guide", <GuideStep key="guide" />, "Open CapeControl", 4, "/dashboard"],
  ] as const)("%s is passed by its one button, and leads on", async (step, page, verb, taken, next) => {
    server.on("completeOnboardingStep", onboardingOf(taken)).on("getMe", meOf());
    const { router } = await renderPage(page);
    await userEvent.click(await screen.findByRole("button", { name: verb }));
    await vi.waitFor(() => expect(router.state.location.pathname).toBe(next));
    expect(server.to("completeOnboardingStep").map(({ path }) => path)).toEqual([{ step }]);
    // Who the caller is has changed: the frame asks by it which step is due.
    expect(server.to("getMe")).toHaveLength(1);
  });

  it("greet by the first name", async () => {
    await renderPage(<WelcomeStep />);
    expect(await screen.findByRole("heading", { level: 1, name: "Welcome, Thandi" })).toBeVisible();
  });

  it("are taken once by two presses", async () => {
    const answer = held(onboardingOf(1));
    server.on("completeOnboardingStep", answer.answer).on("getMe", meOf());
    const { router } = await renderPage(<WelcomeStep />);
    const button = await screen.findByRole("button", { name: "Begin" });
    await userEvent.click(button);
    await userEvent.click(button);
    answer.release();
    await vi.waitFor(() => expect(router.state.location.pathname).toBe("/onboarding"));
    expect(server.to("completeOnboardingStep")).toHaveLength(1);
  });

  it("say why one could not be taken", async () => {
    server.on("completeOnboardingStep", refusal(409, { detail: "Take the step profile first.", allowed: ["profile"] }));
    const { router } = await renderPage(<GuideStep />);
    await userEvent.click(await screen.findByRole("button", { name: "Open CapeControl" }));
    expect(await screen.findByText("Take the step profile first.")).toBeVisible();
    expect(router.state.location.pathname).toBe("/");
  });
});

describe("the profile", () => {
  async function show(profile: Partial<ReturnType<typeof onboardingOf>["profile"]> = {}) {
    server
      .on("getOnboarding", onboardingOf(1, { profile: { job_title: null, timezone: "Africa/Johannesburg", goals: null, ...profile } }))
      .on("updateOnboardingProfile", onboardingOf(1))
      .on("completeOnboardingStep", onboardingOf(2))
      .on("getMe", meOf());
    const view = await renderPage(<ProfileStep />);
    await screen.findByLabelText("What you do");
    return view;
  }
  const next = () => userEvent.click(screen.getByRole("button", { name: "Save and continue" }));

  it("needs what one does", async () => {
    await show();
    await next();
    await vi.waitFor(() => expect(screen.getByLabelText("What you do")).toHaveAccessibleDescription("Enter what you do."));
    expect(server.to("updateOnboardingProfile")).toEqual([]);
  });

  it("is saved, then the step is taken", async () => {
    const { router } = await show();
    await userEvent.type(screen.getByLabelText("What you do"), " Head of logistics ");
    await next();
    await vi.waitFor(() => expect(router.state.location.pathname).toBe("/onboarding"));
    expect(server.received.filter(({ operation }) => operation.startsWith("update") || operation.startsWith("complete")).map(({ operation, body }) => [operation, body])).toEqual([
      ["updateOnboardingProfile", { job_title: "Head of logistics", timezone: "Africa/Johannesburg", goals: null }],
      ["completeOnboardingStep", undefined],
    ]);
  });

  it("keeps to the lengths that the server takes", async () => {
    await show({ job_title: "x".repeat(121) });
    await next();
    await vi.waitFor(() => expect(screen.getByLabelText("What you do")).toHaveAccessibleDescription("Keep it to 120 characters."));
  });

  it("takes no step that was not saved", async () => {
    await show({ job_title: "Head of logistics" });
    server.on("updateOnboardingProfile", refusal(422, { detail: "Invalid", errors: [{ pointer: "/timezone", detail: "must be a time zone's name" }] }));
    await next();
    expect(await screen.findByText("must be a time zone's name")).toBeVisible();
    expect(server.to("completeOnboardingStep")).toEqual([]);
  });
});

it("says where one is, and has a way out", async () => {
  await renderPage(<OnboardingFrame at="checklist">The step</OnboardingFrame>);
  expect(await screen.findByText("The step")).toBeVisible();
  expect(screen.getByRole("listitem", { current: "step" })).toHaveTextContent("Checklist");
  expect(screen.getByRole("link", { name: "Sign out" })).toHaveAttribute("href", "/logout");
});
