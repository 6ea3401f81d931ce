import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { brandingOf, meOf, onboardingOf } from "@/testing/samples";
import { held, refusal, testServer } from "@/testing/server";
import { ChecklistStep } from "./checklist-step";
import { GuideStep } from "./guide-step";
import { OnboardingFrame } from "./onboarding-frame";
import { ProfileStep } from "./profile-step";
import { isOpenStep } from "./steps";
import { WelcomeStep } from "./welcome-step";

const server = testServer();

describe("the steps", () => {
  it.each([
    ["welcome", <WelcomeStep key="welcome" />, "Get started", 1, "/onboarding/profile"],
    ["checklist", <ChecklistStep key="checklist" />, "Continue", 3, "/onboarding/guide"],
    ["guide", <GuideStep key="guide" />, "Go to your dashboard", 4, "/dashboard"],
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
    const button = await screen.findByRole("button", { name: "Get started" });
    await userEvent.click(button);
    await userEvent.click(button);
    answer.release();
    await vi.waitFor(() => expect(router.state.location.pathname).toBe("/onboarding/profile"));
    expect(server.to("completeOnboardingStep")).toHaveLength(1);
  });

  it("can be gone back to, but for the first", async () => {
    const { unmount } = await renderPage(<GuideStep />);
    expect(await screen.findByRole("link", { name: "Back" })).toHaveAttribute("href", "/onboarding/checklist");
    unmount();
    await renderPage(<WelcomeStep />);
    expect(await screen.findByRole("button", { name: "Get started" })).toBeVisible();
    expect(screen.queryByRole("link", { name: "Back" })).toBeNull();
  });

  it("that were taken before lead on in order, not to the one that is due", async () => {
    server.on("completeOnboardingStep", onboardingOf(3)).on("getMe", meOf());
    const { router } = await renderPage(<WelcomeStep />);
    await userEvent.click(await screen.findByRole("button", { name: "Get started" }));
    await vi.waitFor(() => expect(router.state.location.pathname).toBe("/onboarding/profile"));
  });

  it.each([
    ["/onboarding/welcome", true],
    ["/onboarding/profile", true],
    ["/onboarding/checklist", true],
    ["/onboarding/guide", false],
    ["/onboarding", false],
    ["/onboarding/elsewhere", false],
  ])("are open up to the one that is due: %s", (pathname, isOpen) => {
    expect(isOpenStep(pathname, "checklist")).toBe(isOpen);
  });

  it("say why one could not be taken", async () => {
    server.on("completeOnboardingStep", refusal(409, { detail: "Take the step profile first.", allowed: ["profile"] }));
    const { router } = await renderPage(<GuideStep />);
    await userEvent.click(await screen.findByRole("button", { name: "Go to your dashboard" }));
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
    await screen.findByLabelText("Job title");
    return view;
  }
  const next = () => userEvent.click(screen.getByRole("button", { name: "Save and continue" }));

  it("needs what one does", async () => {
    await show();
    await next();
    await vi.waitFor(() => expect(screen.getByLabelText("Job title")).toHaveAccessibleDescription("Enter your job title."));
    expect(server.to("updateOnboardingProfile")).toEqual([]);
  });

  it("is saved, then the step is taken", async () => {
    const { router } = await show();
    await userEvent.type(screen.getByLabelText("Job title"), " Head of logistics ");
    await next();
    await vi.waitFor(() => expect(router.state.location.pathname).toBe("/onboarding/checklist"));
    expect(server.received.filter(({ operation }) => operation.startsWith("update") || operation.startsWith("complete")).map(({ operation, body }) => [operation, body])).toEqual([
      ["updateOnboardingProfile", { job_title: "Head of logistics", timezone: "Africa/Johannesburg", goals: "" }],
      ["completeOnboardingStep", undefined],
    ]);
  });

  it.each(["Back", "the browser's own"])("is there again after leaving by %s", async (way) => {
    const { router } = await show();
    await userEvent.type(screen.getByLabelText("Job title"), "Head of logistics");
    if (way === "Back") await userEvent.click(screen.getByRole("link", { name: "Back" }));
    else await act(() => router.navigate({ to: "/onboarding/welcome" }));
    await screen.findByText("elsewhere");
    await act(() => router.navigate({ to: "/" }));
    expect(await screen.findByLabelText("Job title")).toHaveValue("Head of logistics");
  });

  it("says what the time zone is used for", async () => {
    await show();
    expect(screen.getByLabelText("Time zone")).toHaveAccessibleDescription(/It is now .+ there \(GMT\+2\)\. *Dates and times in the portal are shown in this time zone/);
  });

  it("keeps to the lengths that the server takes", async () => {
    await show({ job_title: "x".repeat(121) });
    await next();
    await vi.waitFor(() => expect(screen.getByLabelText("Job title")).toHaveAccessibleDescription("Enter at most 120 characters."));
  });

  it("takes no step that was not saved", async () => {
    await show({ job_title: "Head of logistics" });
    server.on("updateOnboardingProfile", refusal(422, { detail: "Invalid", errors: [{ pointer: "/timezone", detail: "must be a time zone's name" }] }));
    await next();
    expect(await screen.findByText("must be a time zone's name")).toBeVisible();
    expect(server.to("completeOnboardingStep")).toEqual([]);
  });
});

it("stands in the name of the business, as everything that a client meets", async () => {
  server.on("getBranding", brandingOf({ name: "Harbour Works" }));
  await renderPage(
    <OnboardingFrame at="checklist">
      <ChecklistStep />
    </OnboardingFrame>,
  );
  expect(await screen.findByText("Your account is ready. The next two steps follow when Harbour Works sends your first proposal.")).toBeVisible();
  expect(screen.getByText("Harbour Works")).toBeVisible();
  expect(document.title).toBe("What happens next · Harbour Works");
});

it("says where one is, and has a way out", async () => {
  await renderPage(<OnboardingFrame at="checklist">The step</OnboardingFrame>);
  expect(await screen.findByText("The step")).toBeVisible();
  expect(screen.getByRole("listitem", { current: "step" })).toHaveTextContent("What happens next");
  expect(screen.getByRole("link", { name: "Sign out" })).toHaveAttribute("href", "/logout");
});
