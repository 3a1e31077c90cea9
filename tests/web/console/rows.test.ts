import { describe, expect, it } from "vitest";
import type { ConversationRow } from "../../../contracts/console/inbox.ts";
import { LISTS, pathOf, placeOf } from "../../../web/src/console/inbox/state/paths.ts";
import {
  belongs,
  mergeRows,
  neighbour,
  rankOf,
  rowsOfList,
} from "../../../web/src/console/inbox/state/rows.ts";
import { row } from "./samples.ts";

const viewer = { operatorId: "ana", now: 1_000_000 };
const mapOf = (...rows: ConversationRow[]) => mergeRows(new Map(), rows);
const listsOf = (given: Partial<ConversationRow>) =>
  LISTS.filter((list) => belongs(row(given), { list, tag: null }, viewer));

describe("merging rows", () => {
  const old = row({ id: "c", preview: "old", changedAt: 10 });

  it("takes the newer copy, whichever comes first", () => {
    const fresh = { ...old, preview: "new", changedAt: 11 };
    expect(mergeRows(mapOf(old), [fresh]).get("c")?.preview).toBe("new");
    expect(mergeRows(mapOf(fresh), [old]).get("c")?.preview).toBe("new");
    expect(mergeRows(new Map(), [fresh, old]).get("c")?.preview).toBe("new");
  });

  it("takes the later of two of one age: reading changes no more than the unread count", () => {
    expect(mergeRows(mapOf({ ...old, unread: 3 }), [{ ...old, unread: 0 }]).get("c")?.unread).toBe(0);
  });

  it("gives the same map when nothing is newer, so that nothing is drawn again", () => {
    const rows = mapOf(old);
    expect(mergeRows(rows, [{ ...old }])).toBe(rows);
  });
});

describe("which lists a row stands in", () => {
  it.each([
    ["with the bot", {}, ["bot", "all"]],
    ["waiting", { owner: "human", waitingSince: 5 }, ["waiting", "all"]],
    ["waiting while the bot goes on", { waitingSince: 5 }, ["waiting", "bot", "all"]],
    ["taken by Ana", { owner: "human", assignee: { id: "ana", name: "Ana" } }, ["mine", "all"]],
    ["taken by Luis", { owner: "human", assignee: { id: "luis", name: "Luis" } }, ["all"]],
    ["snoozed", { waitingSince: 5, snoozedUntil: 1_000_001, flaggedAt: 9 }, ["snoozed", "flagged"]],
    ["awake again", { waitingSince: 5, snoozedUntil: 1_000_000 }, ["waiting", "bot", "all"]],
    ["closed", { waitingSince: 5, closedAt: 9, flaggedAt: 9 }, ["flagged", "closed", "all"]],
  ] as const)("%s", (_, given, lists) => {
    expect(listsOf(given as Partial<ConversationRow>)).toEqual(lists);
  });

  it("keeps to the tag", () => {
    const filter = { list: "all", tag: "vip" } as const;
    expect(belongs(row({ tags: ["vip"] }), filter, viewer)).toBe(true);
    expect(belongs(row({ tags: ["vips"] }), filter, viewer)).toBe(false);
  });
});

describe("a list", () => {
  const idsOf = (rows: readonly ConversationRow[]) => rows.map(({ id }) => id);

  it("puts first who has waited longest", () => {
    const rows = mapOf(row({ id: "b", waitingSince: 20 }), row({ id: "a", waitingSince: 10 }), row());
    expect(idsOf(rowsOfList(rows, { list: "waiting", tag: null }, null, viewer))).toEqual(["a", "b"]);
    const tagged = mapOf(...[...rows.values()].map((one) => ({ ...one, tags: ["vip"] })));
    // With a tag every list is in order of the last message.
    expect(idsOf(rowsOfList(tagged, { list: "waiting", tag: "vip" }, null, viewer))).toEqual(["a", "b"]);
  });

  it("ends where its pages end, also for rows that are known from elsewhere", () => {
    const [newest, middle, oldest] = [row({ lastAt: 30 }), row({ lastAt: 20 }), row({ lastAt: 10 })];
    const rows = mapOf(oldest, middle, newest);
    const all = { list: "all", tag: null } as const;
    const shown = rowsOfList(rows, all, rankOf(middle, all), viewer);
    expect(idsOf(shown)).toEqual([newest.id, middle.id]);
  });

  it("steps from row to row, and stops at its ends", () => {
    const [a, b] = [row(), row()];
    expect(neighbour([a, b], null, 1)).toBe(a);
    expect(neighbour([a, b], null, -1)).toBe(b);
    expect(neighbour([a, b], a.id, 1)).toBe(b);
    expect(neighbour([a, b], b.id, 1)).toBe(b);
    expect(neighbour([], null, 1)).toBe(null);
  });
});

describe("addresses", () => {
  it.each([
    ["/inbox/mine", "", { list: "mine", tag: null, conversationId: null }],
    ["/inbox/all/7f", "?tag=caf%C3%A9+%26+t%C3%A9", { list: "all", tag: "café & té", conversationId: "7f" }],
    ["/inbox/closed", "?tag=vip", { list: "closed", tag: "vip", conversationId: null }],
  ] as const)("%s%s is a place and back", (path, search, place) => {
    expect(placeOf(path, search)).toEqual(place);
    const [again = "", query = ""] = pathOf(place).split("?");
    expect(placeOf(again, query)).toEqual(place);
  });

  it("takes what it does not know for the list of those who wait", () => {
    expect(placeOf("/inbox/nothing", "")).toMatchObject({ list: "waiting" });
    expect(placeOf("/inbox", "?tag=")).toEqual({ list: "waiting", tag: null, conversationId: null });
  });
});
