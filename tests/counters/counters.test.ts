import { expect, test } from "vitest";
import { readCounters, readStanding } from "../../db/counters.ts";
import { takeOver } from "../../db/handoffs.ts";
import type { SentPart } from "../../lib/types/turn-store.ts";
import { describeStore } from "../store/describe-store.ts";
import { accepted, inbound, status, textPart } from "../store/support.ts";

describeStore("counters", (db) => {
  const counted = async () =>
    Object.fromEntries((await readCounters(db, 1)).map(({ name, value }) => [name, value]));
  const ambiguous = (id: string): SentPart => ({
    id,
    outcome: "ambiguous",
    sends: 1,
    waMessageId: null,
    metaCode: null,
  });
  const echo = (id: string, name: "sent" | "delivered" | "failed" = "sent") =>
    db.receive([], [status({ waMessageId: `wamid.${id}`, opaqueId: id, status: name })]);
  const die = () => db.sql`update conversations set lease_expires_at = clock_timestamp()`;

  async function drafted(parts = 1) {
    const id = await db.one();
    const claim = await db.claim(id);
    const said = Array.from({ length: parts }, () => textPart("reply"));
    await db.draft(claim, { parts: said });
    return { id, claim, part: said[0]?.id ?? "", parts: said };
  }

  test("a usual conversation, its statuses early, late and repeated, counts nothing", async () => {
    const { claim, parts } = await drafted(2);
    const [early, late] = parts.map(({ id }) => id) as [string, string];
    await echo(early);
    await db.finish(claim, [accepted(early, `wamid.${early}`), accepted(late, `wamid.${late}`)]);
    for (const name of ["sent", "delivered", "delivered"] as const) await echo(late, name);
    expect(await counted()).toEqual({});
    expect(await db.sql`select * from counters`).toEqual([]);
  });

  test("each message that is delivered again is counted, in a batch or later or at once", async () => {
    const [one, two] = [inbound(), inbound()];
    await db.receive([one, one, two]);
    await Promise.all(Array.from({ length: 8 }, () => db.receive([one, two])));
    expect(await counted()).toEqual({ redelivered: 17 });
  });

  test("a send without an answer that its echo confirms in time is settled", async () => {
    const { claim, part } = await drafted();
    await echo(part);
    expect(await db.store.beginResend(claim, [part], 30_000)).toMatchObject({ unconfirmed: [] });
    await db.finish(claim, [ambiguous(part)]);
    await echo(part, "delivered");
    expect(await counted()).toEqual({ ambiguous: 1, confirmed_by_status_report: 1 });
  });

  test("a send without an answer or an echo is sent again, and the answer to that counts no more", async () => {
    const { claim, part } = await drafted();
    await db.store.beginResend(claim, [part], 30_000);
    await db.finish(claim, [accepted(part, "wamid.second")]);
    expect(await counted()).toEqual({ ambiguous: 1, resent: 1 });
  });

  test("both sends without an answer are counted, and an echo that comes late settles one", async () => {
    const { claim, part } = await drafted();
    await db.store.beginResend(claim, [part], 30_000);
    await db.finish(claim, [ambiguous(part)]);
    expect(await counted()).toEqual({ ambiguous: 2, resent: 1 });
    await echo(part);
    await echo(part, "delivered");
    expect(await counted()).toEqual({ ambiguous: 2, resent: 1, confirmed_by_status_report: 1 });
  });

  test("a reply whose holder died and whose echo came is settled and nothing is resumed", async () => {
    const { id, part } = await drafted();
    await echo(part);
    await die();
    expect(await db.store.claim(id, 30_000)).toBeNull();
    expect(await counted()).toEqual({ ambiguous: 1, confirmed_by_status_report: 1 });
  });

  test("a reply whose holder died is resumed and sent a second time", async () => {
    const { id, part } = await drafted();
    await die();
    const next = await db.claim(id);
    await db.store.beginResend(next, [part], 30_000);
    await db.finish(next, [accepted(part, "wamid.second")]);
    expect(await counted()).toEqual({ resumed: 1, ambiguous: 1, resent: 1 });
  });

  test("a part that certainly did not go out is resumed, not resent", async () => {
    const { id, claim, part } = await drafted();
    await db.finish(claim, [{ ...ambiguous(part), outcome: "unsent" }], "retry");
    const next = await db.claim(id);
    await db.store.beginResend(next, [part], 30_000);
    await db.finish(next, [accepted(part, "wamid.out")]);
    expect(await counted()).toEqual({ resumed: 1 });
  });

  test("a part that Graph took is not settled by the echo of the part after it", async () => {
    const { id, claim, parts } = await drafted(2);
    const [first, second] = parts.map((part) => part.id) as [string, string];
    const taken = accepted(first, `wamid.${first}`);
    await db.finish(claim, [taken, { ...ambiguous(second), outcome: "unsent" }], "retry");
    await db.store.beginResend(await db.claim(id), [second], 30_000);
    await echo(second);
    await die();
    expect(await db.store.claim(id, 30_000)).toBeNull();
    expect(await counted()).toEqual({ resumed: 1, ambiguous: 1, confirmed_by_status_report: 1 });
  });

  test("an unanswered send is counted once, however often its repeat fails to leave", async () => {
    const { id, claim, part } = await drafted();
    await db.store.beginResend(claim, [part], 30_000);
    await db.finish(claim, [{ ...ambiguous(part), outcome: "unsent", sends: 2 }], "retry");
    // The first send may have gone out, whatever became of the second.
    await db.store.beginResend(await db.claim(id), [part], 30_000);
    expect(await counted()).toMatchObject({ ambiguous: 1 });
  });

  test("an unanswered send that is told of twice is counted once", async () => {
    const { id, claim, parts } = await drafted(2);
    const [first, second] = parts.map((part) => part.id) as [string, string];
    await db.finish(claim, [ambiguous(first), { ...ambiguous(second), outcome: "unsent" }], "retry");
    const next = await db.claim(id);
    await db.store.beginResend(next, [second], 30_000);
    await db.finish(next, [ambiguous(first), accepted(second, "wamid.2")]);
    expect(await counted()).toEqual({ resumed: 1, ambiguous: 1 });
  });

  test("a turn nobody began for some seconds is resumed, one begun at once is not", async () => {
    const id = await db.one();
    await db.sql`update conversations set unread_since = unread_since - interval '6 seconds'`;
    await db.claim(id);
    expect(await counted()).toEqual({ resumed: 1 });
  });

  test("replies overtaken by newer messages or withheld for a person are suppressed", async () => {
    const id = await db.one();
    const overtaken = await db.claim(id);
    await db.receive([inbound()]);
    await db.draft(overtaken);
    const claim = await db.claim(id);
    await takeOver(db, id, { reason: "agent", summary: "" });
    await db.draft(claim);
    expect(await counted()).toEqual({ withheld: 2 });
  });

  test("a turn that is given up is dead, and a holder past its lease counts nothing", async () => {
    const id = await db.one();
    const slow = await db.claim(id, 0);
    const next = await db.claim(id);
    await db.finish(slow, [], "dead");
    await db.finish(next, [], "dead");
    expect(await counted()).toEqual({ resumed: 1, dead: 1 });
    expect(await readStanding(db)).toEqual({ stranded: 0, dead: 1 });
  });

  test("whoever has waited for over two minutes is stranded, whoever has an answer is not", async () => {
    const id = await db.one();
    await db.sql`update conversations set unread_since = unread_since - interval '121 seconds'`;
    expect(await readStanding(db)).toMatchObject({ stranded: 1 });
    await db.finish(await db.claim(id));
    expect(await readStanding(db)).toMatchObject({ stranded: 0 });
  });

  test("the counters of a day are read by day, newest first, over all numbers", async () => {
    await db.receive([inbound({ phoneNumberId: "1" })]);
    await db.one();
    await db.sql`insert into tenants (phone_number_id) values ('2')`;
    await db.sql`insert into counters (tenant_id, day, name, value)
      select id, (clock_timestamp() at time zone 'UTC')::date - age, 'dead', 2 from tenants, unnest(array[0, 6, 7]) age`;
    const week = await readCounters(db, 7);
    expect(week.map(({ name, value }) => [name, value])).toEqual([
      ["dead", 4],
      ["dead", 4],
    ]);
    expect(week[0]?.day).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect((week[0]?.day ?? "") > (week[1]?.day ?? "")).toBe(true);
  });
});
