import { describe, expect, it } from "vitest";
import type { ConversationPage } from "../../../contracts/console/inbox.ts";
import type { ConversationView } from "../../../contracts/console/thread.ts";
import { knownOf, newHandoffs } from "../../../web/src/console/inbox/notify/waiting.ts";
import { excerpt, markWords } from "../../../web/src/console/inbox/search/marks.ts";
import type { InboxApi } from "../../../web/src/console/inbox/state/api.ts";
import { createInbox } from "../../../web/src/console/inbox/state/inbox.ts";
import { keyOf } from "../../../web/src/console/inbox/state/store.ts";
import { row, threadMessage, view } from "./samples.ts";

const ALL = { list: "all", tag: null } as const;

/** An inbox whose calls are answered by hand, in order. */
function inboxOf(answers: { pages?: (ConversationPage | Error)[]; views?: (ConversationView | Error)[] }) {
  const asked: string[] = [];
  const give = <T>(given: (T | Error)[] | undefined): Promise<T> => {
    const answer = given?.shift();
    return answer instanceof Error || !answer ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const api: InboxApi = {
    page: (_, after) => {
      asked.push(`page ${after}`);
      return give(answers.pages);
    },
    view: (id) => {
      asked.push(`view ${id}`);
      return give(answers.views);
    },
    older: () => Promise.reject(new Error("nothing older")),
    search: () => Promise.reject(new Error("no search")),
    read: () => Promise.reject(new Error("not read")),
  };
  return { inbox: createInbox(api), asked };
}

describe("loading a list", () => {
  it("reads one page at a time, goes on from the cursor, and stops at the end", async () => {
    const [first, second] = [row({ lastAt: 20 }), row({ lastAt: 10 })];
    const pages = [
      { rows: [first], next: "c" },
      { rows: [second], next: null },
    ];
    const { inbox, asked } = inboxOf({ pages });
    await Promise.all([inbox.loadList(ALL), inbox.loadList(ALL)]);
    await inbox.loadList(ALL);
    await inbox.loadList(ALL);
    expect(asked).toEqual(["page null", "page c"]);
    expect(inbox.get().lists.get(keyOf(ALL))).toEqual({ state: "ready", next: null, lastRank: null });
  });

  it("keeps the place where it failed", async () => {
    const pages = [{ rows: [row({ lastAt: 20 })], next: "c" }, new Error("gone"), { rows: [], next: null }];
    const { inbox, asked } = inboxOf({ pages });
    await inbox.loadList(ALL);
    await inbox.loadList(ALL);
    expect(inbox.get().lists.get(keyOf(ALL))).toMatchObject({ state: "failed", next: "c" });
    await inbox.loadList(ALL);
    expect(asked.at(-1)).toBe("page c");
  });
});

describe("opening a conversation", () => {
  it("asks once while it is on its way, and takes the newest row whichever comes first", async () => {
    const old = row({ id: "c", preview: "old", changedAt: 1 });
    const { inbox, asked } = inboxOf({ views: [view({ row: old })] });
    const opening = inbox.open("c");
    inbox.prefetch("c");
    inbox.rows([{ ...old, preview: "new", changedAt: 2 }]);
    await opening;
    inbox.prefetch("c");
    expect(asked).toEqual(["view c"]);
    expect(inbox.get().views.get("c")?.view?.row.preview).toBe("new");
  });

  it("shows what reading changed, which makes no row newer", async () => {
    const old = row({ id: "c", unread: 2 });
    const { inbox } = inboxOf({ views: [view({ row: old })] });
    await inbox.open("c");
    inbox.rows([{ ...old, unread: 0 }]);
    expect(inbox.get().views.get("c")?.view?.row.unread).toBe(0);
  });

  it("says why it cannot be shown, and keeps what is in memory when reading it again fails", async () => {
    const failure = Object.assign(new Error("gone"), { code: "not_found" });
    const kept = view({ row: row({ id: "c" }), messages: [threadMessage()] });
    const { inbox } = inboxOf({ views: [failure, kept, failure] });
    await inbox.open("c");
    expect(inbox.get().views.get("c")).toMatchObject({ view: null, problem: "not_found" });
    await inbox.open("c");
    await inbox.open("c");
    expect(inbox.get().views.get("c")?.view?.messages).toHaveLength(1);
  });
});

describe("a new handoff", () => {
  const [waits, other] = [row({ waitingSince: 100 }), row({ waitingSince: null })];
  const before = knownOf([waits, other], null);

  it("is seen when one comes in the moment another is taken", () => {
    const now = [
      { ...waits, waitingSince: null },
      { ...other, waitingSince: 200 },
    ];
    expect(newHandoffs(before, now, 150)).toEqual([other.id]);
    // One that waited before this page was opened was only loaded now.
    expect(newHandoffs(before, now, 250)).toEqual([]);
  });

  it("is seen when one that was taken meanwhile waits again", () => {
    expect(newHandoffs(before, [waits], 0)).toEqual([]);
    expect(newHandoffs(before, [{ ...waits, waitingSince: 300 }], 0)).toEqual([waits.id]);
    expect(newHandoffs(before, [{ ...waits, waitingSince: 300, closedAt: 301 }], 0)).toEqual([]);
  });
});

describe("words that were found", () => {
  const found = (text: string, words: string) =>
    markWords(text, words).flatMap((piece) => (piece.found ? [piece.text] : []));

  it("are marked where a word begins with them, without regard to accents and case", () => {
    expect(found("Llegó ROTO el poncho, rotísimo; no derrotó", "roto rotí")).toEqual(["ROTO", "rotí"]);
    expect(found("Pedido 1042", "1042 pedido")).toEqual(["Pedido", "1042"]);
  });

  it.each(["", "🙏🏽 gracias", "<b>x</b>", "İstanbul ﬁn ß", "a\u0301rbol"])(
    "never lose a character of %j",
    (text) => {
      const pieces = markWords(text, "a g x ist fin ss");
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    },
  );

  it("are inside the excerpt of a long message", () => {
    const text = `${"bla ".repeat(100)}poncho roto ${"bla ".repeat(100)}`;
    expect(excerpt(text, "roto")).toContain("roto");
    expect(excerpt(text, "roto").length).toBeLessThan(125);
  });
});
