import { describe, expect, it } from "vitest";
import { waitTone, windowTone } from "../../../web/src/console/inbox/state/time.ts";
import { changeView, reread, withOlder } from "../../../web/src/console/inbox/state/view.ts";
import { createSpan } from "../../../web/src/shared/span.ts";
import { threadMessage, view } from "./samples.ts";

const [first, second, third] = [threadMessage(), threadMessage(), threadMessage()];
const idsOf = ({ messages }: ReturnType<typeof view>) => messages.map(({ id }) => id);

describe("changes of an open conversation", () => {
  it("puts a message that comes late in its place, once", () => {
    const changed = changeView(view({ messages: [first, third] }), { messages: [second] });
    expect(idsOf(changeView(changed, { messages: [second] }))).toEqual([first.id, second.id, third.id]);
  });

  it("never takes a tick back, but shows a failure", () => {
    const open = view({ messages: [{ ...first, status: "delivered" }] });
    const late = changeView(open, { messages: [{ ...first, status: "sent" }] });
    expect(late.messages[0]?.status).toBe("delivered");
    const failed = changeView(open, { messages: [{ ...first, status: "failed", failure: "unreachable" }] });
    expect(failed.messages[0]).toMatchObject({ status: "failed", failure: "unreachable" });
  });

  it("puts older messages above, and takes their cursor", () => {
    const all = withOlder(view({ messages: [third], older: "x" }), {
      messages: [first, second],
      turns: [],
      notes: [],
      older: null,
    });
    expect(idsOf(all)).toEqual([first.id, second.id, third.id]);
    expect(all.older).toBe(null);
  });
});

describe("a conversation that is read again", () => {
  it("keeps older messages and what came meanwhile", () => {
    const old = view({ messages: [first, second, third], older: "top" });
    const again = reread(old, view({ messages: [second], older: "middle" }));
    expect(idsOf(again)).toEqual([first.id, second.id, third.id]);
    expect(again.older).toBe("top");
  });

  it("starts over when there is a gap", () => {
    const again = reread(
      view({ messages: [first], older: "top" }),
      view({ messages: [third], older: "now" }),
    );
    expect(idsOf(again)).toEqual([third.id]);
    expect(again.older).toBe("now");
  });
});

describe("time", () => {
  it.each([
    [59_999, "< 1 min"],
    [65 * 60_000, "1 hr 5 min"],
    [26 * 3_600_000 + 5 * 60_000, "1 day 2 hr"],
    [24 * 3_600_000 + 5 * 60_000, "1 day"],
    [-1, "< 1 min"],
  ])("says %i ms as %s", (ms, words) => {
    expect(createSpan("en")(ms)).toBe(words);
  });

  it("colours a wait by its target", () => {
    expect([0, 149_999, 150_000, 299_999, 300_000].map((ms) => waitTone(ms, 5))).toEqual([
      "calm",
      "calm",
      "soon",
      "soon",
      "late",
    ]);
  });

  it("says when the window ends", () => {
    const now = 1_000_000_000;
    expect(windowTone(null, now)).toBe("closed");
    expect(windowTone(now, now)).toBe("closed");
    expect(windowTone(now + 2 * 3_600_000, now)).toBe("ending");
    expect(windowTone(now + 2 * 3_600_000 + 1, now)).toBe("open");
  });
});
