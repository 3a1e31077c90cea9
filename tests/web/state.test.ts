import { describe, expect, it } from "vitest";
import { furthest } from "../../web/src/chat/status.ts";
import { type Change, EMPTY, reduce, type Simulation } from "../../web/src/simulator/connection/state.ts";
import { message, state, turn } from "../browser/samples.ts";

const play = (changes: Change[], from: Simulation = reduce(EMPTY, { type: "loaded", server: state() })) =>
  changes.reduce(reduce, from);

const sendingHola: Change = {
  type: "sending",
  sending: { key: "k", message: { type: "text", text: "Hola" }, replyTo: null, file: null, at: 1 },
};

describe("reduce", () => {
  it("shows a message once, however often it arrives", () => {
    const hola = message({});
    const after = play([
      { type: "message", message: hola },
      { type: "message", message: { ...hola, text: "Hola de nuevo" } },
    ]);
    expect(after.server?.messages).toEqual([{ ...hola, text: "Hola de nuevo" }]);
  });

  it("keeps messages and turns in order of time", () => {
    const [first, second] = [message({}), message({})];
    const [early, late] = [turn({}), turn({})];
    const after = play([
      { type: "message", message: second },
      { type: "message", message: first },
      { type: "turn", turn: late },
      { type: "turn", turn: early },
    ]);
    expect(after.server?.messages).toEqual([first, second]);
    expect(after.server?.turns).toEqual([early, late]);
  });

  it("keeps the furthest status, also of a message not yet shown", () => {
    const status = (name: "sent" | "delivered" | "read"): Change => ({
      type: "status",
      status: { waMessageId: "wamid.1", status: name },
    });
    expect(play([status("read"), status("sent"), status("delivered")]).statuses).toEqual({
      "wamid.1": "read",
    });
  });

  it("replaces a message that is being sent by the stored one, whichever event comes first", () => {
    const sending = sendingHola;
    const accepted: Change = { type: "accepted", key: "k", waMessageId: "wamid.7" };
    const shown: Change = {
      type: "message",
      message: message({ direction: "in", text: "Hola", waMessageId: "wamid.7" }),
    };
    expect(play([sending]).sending).toHaveLength(1);
    expect(play([sending, accepted, shown]).sending).toEqual([]);
    expect(play([sending, shown, accepted]).sending).toEqual([]);
  });

  it("keeps a rejected message so that it can be sent again", () => {
    const after = play([sendingHola, { type: "refused", key: "k" }]);
    expect(after.sending).toMatchObject([{ message: { text: "Hola" }, failed: true }]);
    expect(reduce(after, { type: "dropped", key: "k" }).sending).toEqual([]);
  });

  it("ends the typing with the reply", () => {
    const typing: Change = { type: "typing", typing: { waMessageId: "wamid.1", untilMs: 99 } };
    expect(play([typing])).toMatchObject({ typingUntilMs: 99, readIds: ["wamid.1"] });
    expect(play([typing, { type: "message", message: message({}) }]).typingUntilMs).toBe(0);
  });

  it("starts empty when another customer is chosen", () => {
    expect(play([{ type: "message", message: message({}) }, { type: "left" }])).toEqual(EMPTY);
  });
});

describe("furthest", () => {
  it("prefers the later status, and any status to none", () => {
    expect(furthest("read", "sent")).toBe("read");
    expect(furthest("sent", "failed")).toBe("failed");
    expect(furthest(null, "sent")).toBe("sent");
    expect(furthest("pending", null)).toBe("pending");
  });
});
