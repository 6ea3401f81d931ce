import { describe, expect, it } from "vitest";
import { laneName, reasonText } from "./names";

describe("names", () => {
  it("keep the name of what only a later release knows", () => {
    expect(laneName("money")).toBe("Payments and invoices");
    expect(laneName("freight")).toBe("freight");
    expect(laneName("toString")).toBe("toString");
  });

  it.each([
    ["DatabaseAway", "The database didn’t respond"],
    ["EngineAddressRefused", "The address of the n8n server isn’t allowed"],
    ["EngineObjectMissing", "n8n doesn’t have this workflow"],
    ["EngineRejected", "n8n refused the request"],
    ["EngineUnauthorized", "n8n refused the API key"],
    ["EngineUnreachable", "n8n didn’t respond"],
    ["ObjectMissing", "A file that this message needs is missing"],
    ["PoolExhausted", "No database connection was free"],
    ["RenderFailed", "The PDF couldn’t be created"],
    ["StorageError", "The file storage didn’t respond or refused the request"],
    ["TemplateUnknown", "This release doesn’t have the template for this e-mail"],
    ["UnknownVersion", "It needs data that a later release wrote"],
    ["the carrier refuses this mail", "The mail server refused this message"],
    ["a payment page of ours without its intent", "The payment has no matching record"],
    ["the invoice is gone", "The invoice no longer exists"],
    ["the proposal, its project or its organization is gone", "The proposal, its project or its organization no longer exists"],
    ["the stored webhook is gone", "The stored webhook no longer exists"],
  ])("call no known trouble an internal error: %s", (reason, text) => expect(reasonText(reason)).toBe(text));

  it("say what a kind of error means, and show a sentence as it is", () => {
    expect(reasonText("MailRefused")).toBe("The mail server refused it");
    expect(reasonText("The workflow was removed")).toBe("The workflow was removed");
    expect(reasonText("KeyError")).toBe("Internal error (KeyError)");
    expect(reasonText(null)).toBe("Unknown");
  });
});
