import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { MeOut } from "@/api/generated";
import { organizationOf } from "@/testing/samples";
import { renderPage } from "@/testing/render-page";
import { testServer } from "@/testing/server";
import { WhomToAsk } from "./whom-to-ask";

testServer();
const ORGANIZATION = organizationOf(1, "Harbour Logistics");

it.each<[MeOut["role"], MeOut["organization"], string]>([
  ["OWNER", ORGANIZATION, "If you need it, contact Northstar Automation."],
  ["ADMINISTRATOR", ORGANIZATION, "If you need it, ask an owner of Harbour Logistics or contact Northstar Automation."],
  ["USER", ORGANIZATION, "If you need it, ask an owner of Harbour Logistics or contact Northstar Automation."],
  ["DEVELOPER", null, "If you need it, ask an operator of your business."],
])("names to %s somebody who can really help, and never an owner to an owner", async (role, organization, words) => {
  const { container } = await renderPage(<p><WhomToAsk /></p>, { me: { role, organization } });
  await screen.findByText(/^If you need it/);
  await expect.poll(() => container.textContent).toBe(words);
});
