import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render-page";
import { meOf } from "@/testing/samples";
import { refusal, testServer } from "@/testing/server";
import { meOptions, writeFor } from "@/lib/session/me";
import { DEFAULT_FORMATS, writeAs } from "@/ui/patterns/formats";
import { formatTime, readersZone } from "@/ui/patterns/relative-time-format";
import { ProfilePage } from "./profile-page";

const server = testServer();
const NOON = new Date("2026-11-21T12:00:00Z");

afterEach(() => {
  writeAs(DEFAULT_FORMATS);
});

async function show(timezone: string | null = "Africa/Johannesburg") {
  const view = await renderPage(<ProfilePage section="details" />, { me: { profile: { timezone } } });
  await screen.findByLabelText("Name");
  return view;
}
const save = () => userEvent.click(screen.getByRole("button", { name: "Save changes" }));

async function choose(zone: string) {
  const box = screen.getByLabelText<HTMLInputElement>("Time zone");
  box.focus();
  box.select();
  // At once: letter by letter, the list of all zones would be drawn again for each.
  await userEvent.paste(zone);
  await userEvent.click(await screen.findByText(zone));
}

describe("the profile", () => {
  it("saves the name, and everybody who shows it has the new one", async () => {
    server.on("updateMe", meOf({ full_name: "Thandi Dube", profile: { timezone: "Africa/Johannesburg" } }));
    const { queryClient } = await show();
    await userEvent.clear(screen.getByLabelText("Name"));
    await userEvent.type(screen.getByLabelText("Name"), " Thandi Dube ");
    await save();
    expect(await screen.findByText("Profile saved")).toBeVisible();
    expect(server.to("updateMe").map(({ body }) => body)).toEqual([{ full_name: "Thandi Dube" }]);
    expect(queryClient.getQueryData(meOptions().queryKey)?.full_name).toBe("Thandi Dube");
  });

  it("writes times in the new zone at once", async () => {
    server.on("updateMe", meOf({ profile: { timezone: "Asia/Tokyo" } }));
    writeFor(meOf({ profile: { timezone: "Africa/Johannesburg" } }));
    await show();
    expect(formatTime(NOON)).toBe("14:00");
    await choose("Asia/Tokyo");
    expect(screen.getByLabelText("Time zone")).toHaveAccessibleDescription(/It is now .+ there \(GMT\+9\)/);
    await save();
    await vi.waitFor(() => expect(formatTime(NOON)).toBe("21:00"));
    expect(server.to("updateMe").map(({ body }) => body)).toEqual([{ timezone: "Asia/Tokyo" }]);
  });

  it("begins with the browser's zone, and does not save what nobody chose", async () => {
    server.on("updateMe", meOf({ full_name: "Thandi Dube" }));
    await show(null);
    expect(screen.getByLabelText("Time zone")).toHaveValue(readersZone().replaceAll("_", " "));
    await userEvent.type(screen.getByLabelText("Name"), " Dube");
    await save();
    await vi.waitFor(() => expect(server.to("updateMe").map(({ body }) => body)).toEqual([{ full_name: "Thandi Nkosi Dube" }]));
  });

  it("needs a name and a zone", async () => {
    await show();
    await userEvent.clear(screen.getByLabelText("Name"));
    await userEvent.clear(screen.getByLabelText("Time zone"));
    await save();
    await vi.waitFor(() => expect(screen.getByLabelText("Name")).toHaveAccessibleDescription("Enter your name."));
    expect(screen.getByLabelText("Time zone")).toHaveAccessibleDescription("Choose your time zone.");
    expect(server.to("updateMe")).toEqual([]);
  });

  it("brings a refusal to its field and keeps what was typed", async () => {
    server.on("updateMe", refusal(422, { detail: "Invalid", errors: [{ pointer: "/full_name", detail: "must not contain control characters" }] }));
    await show();
    await userEvent.type(screen.getByLabelText("Name"), " Dube");
    await save();
    await vi.waitFor(() => expect(screen.getByLabelText("Name")).toHaveAccessibleDescription("must not contain control characters"));
    expect(screen.getByLabelText("Name")).toHaveValue("Thandi Nkosi Dube");
  });

  it("asks before changes are lost by leaving", async () => {
    const { router } = await show();
    await userEvent.type(screen.getByLabelText("Name"), " Dube");
    void router.navigate({ href: "/elsewhere" });
    await userEvent.click(await screen.findByRole("button", { name: "Keep editing" }));
    expect(router.state.location.pathname).toBe("/");
    expect(screen.getByLabelText("Name")).toHaveValue("Thandi Nkosi Dube");
  });

  it("is left without a question once it is saved", async () => {
    server.on("updateMe", meOf({ full_name: "Thandi Nkosi Dube" }));
    const { router } = await show();
    await userEvent.type(screen.getByLabelText("Name"), " Dube");
    await save();
    expect(await screen.findByText("Profile saved")).toBeVisible();
    await router.navigate({ href: "/elsewhere" });
    expect(router.state.location.pathname).toBe("/elsewhere");
  });
});

it("writes times in the browser's zone where the reader's is none that the browser knows", () => {
  writeFor(meOf({ profile: { timezone: "localtime" } }));
  expect(formatTime(NOON)).toMatch(/^\d\d:00$/);
});

it("shows the account, and the theme to choose, in sections of their own", async () => {
  const { unmount } = await renderPage(<ProfilePage section="account" />, { me: { email: "thandi@acme.test" } });
  expect(await screen.findByText("thandi@acme.test")).toBeVisible();
  expect(screen.queryByLabelText("Name")).not.toBeInTheDocument();
  unmount();
  await renderPage(<ProfilePage section="appearance" />);
  expect(await screen.findByRole("button", { name: "Dark" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Appearance" })).toHaveAttribute("aria-current", "page");
});
