import { expect, expectTypeOf, it } from "vitest";
import type { Permission } from "@/api/generated";
import type { Gate } from "./gate";
import { useCan } from "./me";

it("asks for permissions that there are, and a misspelt name does not compile", () => {
  expect(useCan).toBeTypeOf("function");
  expectTypeOf<Parameters<typeof useCan>[0]>().toEqualTypeOf<Permission>();
  expectTypeOf<Parameters<typeof Gate>[0]["permission"]>().toEqualTypeOf<Permission>();
  expectTypeOf<"projects:read">().toExtend<Permission>();
  expectTypeOf<"projects:raed">().not.toExtend<Permission>();
});
