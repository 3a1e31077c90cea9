import { describe, expect, it } from "vitest";
import { createHandoff } from "../../tools/handoff.ts";
import { toolsFor } from "../../tools/registry.ts";
import { toolContext } from "./context.ts";

describe("handoff", () => {
  it("asks for a person with reason and summary, and tells what to say", async () => {
    const context = toolContext();
    const { execute } = createHandoff(context);
    const answer = await execute?.(
      { reason: "complaint", summary: "Broken mug" },
      { toolCallId: "1", messages: [] },
    );
    expect(context.handoffs).toEqual([{ reason: "complaint", summary: "Broken mug" }]);
    expect(answer).toMatchObject({ handoff: "opened", tell_the_customer: expect.stringContaining("Tambo") });
  });
});

describe("the tools of an intent", () => {
  it("are those it names, under the names it uses", () => {
    expect(Object.keys(toolsFor(["handoff"], toolContext()))).toEqual(["handoff"]);
    expect(Object.keys(toolsFor(["lookup", "handoff"], toolContext()))).toEqual(["lookup", "handoff"]);
    expect(toolsFor([], toolContext())).toEqual({});
  });
});
