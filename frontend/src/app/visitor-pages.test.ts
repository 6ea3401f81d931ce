import { expect, it } from "vitest";
import { VISITOR_PARTS, visitorPage } from "@/lib/visitor-pages";

it("names the pages outside the app's frame, all of them and no others", () => {
  const files = Object.keys(import.meta.glob("../routes/*.tsx")).map((path) => path.slice("../routes/".length, -".tsx".length));
  const parts = files.filter((file) => !/^(_|-|\$|index$)/.test(file)).map((file) => file.split(".")[0]);
  expect([...new Set(parts)].sort()).toEqual([...VISITOR_PARTS].sort());
});

it.each([
  ["/register/step-1", { isOpen: true, isFirst: true }],
  ["/p/abc", { isFirst: true }],
  ["/onboarding", {}],
  ["/", undefined],
  ["/projects/p", undefined],
  ["/constructor", undefined],
])("knows of %s what can be known", (path, known) => expect(visitorPage(path)).toEqual(known));
