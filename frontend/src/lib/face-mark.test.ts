import { beforeEach, expect, it } from "vitest";
import { applyLikelyFace, markConsole } from "./face-mark";

const face = () => document.documentElement.dataset.face;

beforeEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset.face;
});

it.each(["/dashboard", "/login", "/p/abc", "/nowhere"])("puts the business's colours on %s before anything is drawn", (path) => {
  applyLikelyFace(path);
  expect(face()).toBe("business");
});

it("leaves the product's to a console whose reader is staff, and the business's to what anybody reads", () => {
  markConsole(true);
  applyLikelyFace("/projects");
  expect(face()).toBeUndefined();
  applyLikelyFace("/proposals/1");
  expect(face()).toBeUndefined();
  applyLikelyFace("/p/abc");
  expect(face()).toBe("business");
});

it("forgets the console when a client signs in on the same browser", () => {
  markConsole(true);
  markConsole(false);
  applyLikelyFace("/projects");
  expect(face()).toBe("business");
});
