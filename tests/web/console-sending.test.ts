import { afterEach, describe, expect, it } from "vitest";
import { createTyping } from "../../web/src/console/composer/box/typing.ts";
import { readEvents } from "../../web/src/console/composer/suggest/event-stream.ts";
import { discardSuggestion, suggest } from "../../web/src/console/composer/suggest/suggestions.ts";
import { drafts, isUnsent, quoteMessage, writeDraft } from "../../web/src/console/outbox/drafts.ts";
import { refusalOf } from "../../web/src/console/outbox/refusals.ts";
import { discard, type Outgoing, outbox, press } from "../../web/src/console/outbox/sending.ts";

afterEach(() => {
  drafts.clear();
  outbox.clear();
});

const item = (id: string): Outgoing => ({
  ...{ id, conversationId: "c", at: 0, text: id, attachment: null, refusal: null, state: "waiting" },
  ...{ kind: "note" },
});

class Failure extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

function deferred<T>(): { promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: (value) => resolve(value) };
}

const noPause = async () => undefined;
const waiting = () => outbox.get("c").map(({ id, state, refusal }) => [id, state, refusal]);

describe("pressing send", () => {
  it("keeps the order: the second waits for the first", async () => {
    const sent: string[] = [];
    const first = deferred<void>();
    const both = [
      press(item("1"), () => first.promise.then(() => void sent.push("1"))),
      press(item("2"), async () => void sent.push("2")),
    ];
    await Promise.resolve();
    await Promise.resolve();
    expect(waiting()).toEqual([
      ["1", "sending", null],
      ["2", "waiting", null],
    ]);
    first.resolve(undefined);
    await Promise.all(both);
    expect(sent).toEqual(["1", "2"]);
    expect(waiting()).toEqual([]);
  });

  it("tries again under the same id when no answer came, then says so and keeps it", async () => {
    const ids: string[] = [];
    const fail = async ({ id }: Outgoing) => {
      ids.push(id);
      throw new Failure(0, "offline");
    };
    await press(item("1"), fail, noPause);
    expect(ids).toEqual(["1", "1", "1"]);
    expect(waiting()).toEqual([["1", "failed", "offline"]]);
    await press(item("1"), async () => undefined, noPause);
    expect(waiting()).toEqual([]);
  });

  it("does not try again what the server refused, and goes on with the next", async () => {
    let tries = 0;
    const refuse = async () => {
      tries += 1;
      throw new Failure(409, "others_wrote");
    };
    await Promise.all([press(item("1"), refuse, noPause), press(item("2"), async () => undefined, noPause)]);
    expect(tries).toBe(1);
    expect(waiting()).toEqual([["1", "failed", "others_wrote"]]);
  });

  it("does not send what was discarded while it waited", async () => {
    const sent: string[] = [];
    const first = deferred<void>();
    const both = [press(item("1"), () => first.promise), press(item("2"), async () => void sent.push("2"))];
    discard(item("2"));
    first.resolve(undefined);
    await Promise.all(both);
    expect(sent).toEqual([]);
  });

  it("names what happened by code, then by status", () => {
    expect(refusalOf(new Failure(409, "window_closed"))).toBe("window_closed");
    expect(refusalOf(new Failure(404, "not_found"))).toBe("gone");
    expect(refusalOf(new Failure(503, "whatever"))).toBe("busy");
    expect(refusalOf(new Failure(413, "constructor"))).toBe("too_large");
    expect(refusalOf(new Error("x"))).toBe("other");
  });
});

describe("drafts", () => {
  it("are kept by conversation, and words to the team apart from words to the customer", () => {
    writeDraft("a", "hola");
    writeDraft("b", "otra");
    writeDraft("a", "ojo", "note");
    expect(drafts.get("a").text).toEqual({ message: "hola", note: "ojo" });
    expect(drafts.get("b").text.message).toBe("otra");
    expect(drafts.all().some(isUnsent)).toBe(true);
  });

  it("turn to the customer when a message is quoted", () => {
    drafts.set("a", { ...drafts.get("a"), writes: "note" });
    quoteMessage("a", { id: "m" } as Parameters<typeof quoteMessage>[1]);
    expect(drafts.get("a")).toMatchObject({ writes: "message", quote: { id: "m" } });
  });
});

const stream = (text: string, size = 7) => {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream<Uint8Array>({
    start(controller) {
      for (let from = 0; from < bytes.length; from += size)
        controller.enqueue(bytes.slice(from, from + size));
      controller.close();
    },
  });
};

const event = (name: string, data: object) => `event: ${name}\r\ndata: ${JSON.stringify(data)}\r\n\r\n`;

describe("a suggestion", () => {
  it("is read however the stream is cut", async () => {
    const text = `: hi\n\n${event("delta", { text: "ñ🙂" })}data: a\ndata: b\n\nevent: unfinished`;
    for (let size = 1; size < 20; size += 1) {
      const events = [];
      for await (const one of readEvents(stream(text, size))) events.push(one);
      expect(events).toEqual([
        { name: "delta", data: '{"text":"ñ🙂"}' },
        { name: "message", data: "a\nb" },
      ]);
    }
  });

  it("ends as the checked text, below what was there; discarding brings that back", async () => {
    writeDraft("c", "Mi parte");
    const text =
      event("delta", { text: "Hol" }) + event("done", { text: "Hola", costUsd: 0.001, model: "m" });
    await suggest("c", "Mi parte", async () => new Response(stream(text)));
    expect(drafts.get("c").text.message).toBe("Mi parte\n\nHola");
    discardSuggestion("c");
    expect(drafts.get("c").text.message).toBe("Mi parte");
  });

  it.each([
    ["failed", event("delta", { text: "Hol" }) + event("failed", { code: "busy" })],
    ["broke off", event("delta", { text: "Hol" })],
  ])("that %s leaves no unchecked word behind", async (_, text) => {
    writeDraft("c", "Mi parte");
    await suggest("c", "", async () => new Response(stream(text)));
    expect(drafts.get("c").text.message).toBe("Mi parte");
  });

  it("that was stopped leaves what was there, and its late words are dropped", async () => {
    writeDraft("c", "Mi parte");
    const answer = deferred<Response>();
    const done = suggest("c", "", () => answer.promise);
    discardSuggestion("c");
    answer.resolve(new Response(stream(event("done", { text: "tarde", costUsd: null, model: null }))));
    await done;
    expect(drafts.get("c").text.message).toBe("Mi parte");
  });
});

it("reports typing seldom, and that it stopped once", () => {
  let now = 0;
  const said: boolean[] = [];
  const typing = createTyping(
    (is) => said.push(is),
    () => now,
  );
  for (const ms of [0, 1000, 3999, 4000, 5000]) {
    now = ms;
    typing.key(true);
  }
  typing.key(false);
  typing.stop();
  expect(said).toEqual([true, true, false]);
});
