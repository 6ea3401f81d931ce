import { render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { arrive } from "./arrival";
import { PageTitle } from "./page-title";

function Page({ title, hasField = false }: { title: string; hasField?: boolean }) {
  return (
    <main>
      <PageTitle title={title} />
      <h1>{title}</h1>
      {hasField && <input aria-label="Name" ref={(field) => field?.focus()} />}
    </main>
  );
}

const site = (title: string, hasField = false) => <Page key={title} title={title} hasField={hasField} />;
const heading = (name: string) => screen.getByRole("heading", { level: 1, name });
const news = () => document.querySelector("[aria-live]")?.textContent;

beforeEach(() => {
  window.history.replaceState(null, "", "/projects");
  arrive("Projects", "/projects");
});

describe("a page that opens", () => {
  it("gives its heading the focus, so that it is read aloud", async () => {
    const { rerender } = render(site("Projects"));
    window.history.pushState(null, "", "/invoices");
    rerender(site("Invoices"));
    await expect.poll(() => document.activeElement).toBe(heading("Invoices"));
    expect(news()).toBe("");
  });

  it("leaves the focus in the field that it put it into, and says its title", async () => {
    const { rerender } = render(site("Projects"));
    window.history.pushState(null, "", "/login");
    rerender(site("Sign in", true));
    await expect.poll(news).toBe("Sign in · CapeControl");
    expect(screen.getByLabelText("Name")).toHaveFocus();
  });
});

describe("a part of a page that opens", () => {
  it("is said, and leaves the focus on the link that led to it", async () => {
    const settings = (part: string) => (
      <main>
        <PageTitle title="Business" part={part} />
        <a href="/business?section=brand">Brand</a>
      </main>
    );
    const { rerender } = render(settings("Identity"));
    screen.getByRole("link").focus();
    rerender(settings("Brand"));
    await expect.poll(news).toBe("Brand · Business · CapeControl");
    expect(screen.getByRole("link")).toHaveFocus();
  });
});

describe("a focus whose element goes away", () => {
  const view = (hasButton: boolean, hasList = true) => (
    <main>
      <h1>Projects</h1>
      {hasList ? <ul aria-label="Line items">{hasButton && <li><button type="button">Remove</button></li>}</ul> : <p>Saved</p>}
    </main>
  );

  it("goes to the nearest thing around it that has a name", async () => {
    const { rerender } = render(view(true));
    screen.getByRole("button", { name: "Remove" }).focus();
    rerender(view(false));
    await expect.poll(() => document.activeElement).toBe(screen.getByRole("list", { name: "Line items" }));
  });

  it("goes to the heading where nothing around it is left", async () => {
    const { rerender } = render(view(true));
    screen.getByRole("button", { name: "Remove" }).focus();
    rerender(view(false, false));
    await expect.poll(() => document.activeElement).toBe(heading("Projects"));
  });
});

describe("a page that stays", () => {
  it("says nothing when it is first there, nor when what it shows is renamed", async () => {
    const { rerender } = render(site("Lead capture"));
    const before = news();
    rerender(site("Leads, caught"));
    await vi.dynamicImportSettled();
    expect(news()).toBe(before);
    expect(document.body).toHaveFocus();
  });
});
