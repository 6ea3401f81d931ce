import { expect, it } from "vitest";
import { safeNext } from "./safe-next";

it.each([
  ["/projects?status=DRAFT", "/projects?status=DRAFT"],
  [undefined, "/dashboard"],
  ["https://elsewhere.example", "/dashboard"],
  ["//elsewhere.example", "/dashboard"],
  ["/\\elsewhere.example", "/dashboard"],
  ["/login?next=/login", "/dashboard"],
  ["/logout", "/dashboard"],
])("leads from %s to %s", (next, path) => {
  expect(safeNext(next)).toBe(path);
});
