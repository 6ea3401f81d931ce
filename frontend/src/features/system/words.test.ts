import { describe, expect, it } from "vitest";
import { formatPeriod, formatSeconds, laneWord, reasonText } from "./words";

describe("lengths of time", () => {
  it.each([
    [0, "0.0 s"],
    [9.96, "10.0 s"],
    [45, "45 s"],
    [89, "89 s"],
    [90, "2 min"],
    [5_399, "90 min"],
    [7_200, "2 h"],
    [172_800, "2 days"],
  ])("%d seconds are %s", (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

  it.each([
    [60, "Every minute"],
    [300, "Every 5 min"],
    [3_600, "Every hour"],
    [86_400, "Every day"],
  ])("a period of %d seconds is told as %s", (seconds, text) => expect(formatPeriod(seconds)).toBe(text));
});

describe("words", () => {
  it("keep the name of what only a later release knows", () => {
    expect(laneWord("money")).toBe("Payments and invoices");
    expect(laneWord("freight")).toBe("freight");
    expect(laneWord("toString")).toBe("toString");
  });

  it.each([
    ["DatabaseAway", "The database did not answer"],
    ["EngineAddressRefused", "The address of the n8n server is not allowed"],
    ["EngineObjectMissing", "n8n does not have this workflow"],
    ["EngineRejected", "n8n refused the request"],
    ["EngineUnauthorized", "n8n refused the API key"],
    ["EngineUnreachable", "n8n did not answer"],
    ["ObjectMissing", "A file that this message needs is missing"],
    ["PoolExhausted", "No database connection was free"],
    ["RenderFailed", "The PDF could not be created"],
    ["StorageError", "The file storage did not answer or refused the request"],
    ["TemplateUnknown", "This release does not have the template of this e-mail"],
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
