import { expect, it } from "vitest";
import { safeNext } from "./safe-next";

it.each([
  ["/projects?status=DRAFT", "/projects?status=DRAFT"],
  ["/p/secret?print=1&q=two%20words#total", "/p/secret?print=1&q=two%20words#total"],
  ["/projects?next=//elsewhere.example", "/projects?next=//elsewhere.example"],
  [undefined, "/dashboard"],
  ["", "/dashboard"],
  ["projects", "/dashboard"],
  ["https://elsewhere.example", "/dashboard"],
  ["https:", "/dashboard"],
  ["https:/elsewhere.example", "/dashboard"],
  ["//elsewhere.example", "/dashboard"],
  ["//", "/dashboard"],
  ["/\\elsewhere.example", "/dashboard"],
  ["/\t/elsewhere.example", "/dashboard"],
  ["\t//elsewhere.example", "/dashboard"],
  ["/\n/elsewhere.example", "/dashboard"],
  ["/\r\n\\elsewhere.example", "/dashboard"],
  ["/\t/[", "/dashboard"],
  ["/.//elsewhere.example", "/dashboard"],
  ["/projects/..//elsewhere.example", "/dashboard"],
  // No browser drops this one: it is a path of ours, at which nothing is.
  ["/\u2028/elsewhere.example", "/%E2%80%A8/elsewhere.example"],
  ["/login?next=/login", "/dashboard"],
  ["/logout", "/dashboard"],
  ["/./logout", "/dashboard"],
])("leads from %j to %s", (next, path) => {
  expect(safeNext(next)).toBe(path);
});
