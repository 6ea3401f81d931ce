import { afterEach, describe, expect, it } from "vitest";
import { DEFAULT_FORMATS, writeAs } from "./formats";
import { plural } from "./plural";

describe("plural", () => {
  afterEach(() => writeAs(DEFAULT_FORMATS));

  const project = (count: number) => plural(count, { one: "# project", other: "# projects" });

  it("writes the count with the form that it needs", () => {
    expect([0, 1, 2].map(project)).toEqual(["0 projects", "1 project", "2 projects"]);
  });

  it("has words of its own for nothing, where they are given", () => {
    expect(plural(0, { zero: "No projects", one: "# project", other: "# projects" })).toBe("No projects");
  });

  it("groups the digits as the business does", () => {
    expect(project(12_345)).toBe("12,345 projects");
    writeAs({ numbers: "POINT_COMMA" });
    expect(project(12_345)).toBe("12.345 projects");
  });
});
