import { expect, it } from "vitest";
import { NAME } from "./data-column";

it("gives a business's full name three lines, and four in the narrowest tables", () => {
  expect(NAME.split(" ").filter((name) => name.includes("line-clamp"))).toEqual(["[&:is(td)>span]:line-clamp-3", "@max-[44.5rem]:[&:is(td)>span]:line-clamp-4"]);
});
