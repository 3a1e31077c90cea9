import { expect, test } from "vitest";
import { describeStore } from "./describe-store.ts";

/** Conversations found by the cron job, and by a webhook. */
const CRON = 50;
const WEBHOOK = 3;

describeStore("conversations left open", (db) => {
  /** So many at one number, the first waiting longest and until `newest` seconds ago. */
  const waiting = (number: string, count: number, newest: number) => db.sql`
    with number as (insert into tenants (phone_number_id) values (${number}) returning id),
    people as (insert into customers (tenant_id, phone) select id, n::text from number, generate_series(1, ${count}::int) n returning *)
    insert into conversations (tenant_id, customer_id, received_seq, unread_since)
      select tenant_id, id, 1, now() - (${newest}::int + ${count}::int - phone::int) * interval '1 second' from people`;
  const opened = async (limit: number) => {
    const ids = await db.store.unread(limit);
    const names = await db.sql<{ id: string; name: string }>`
      select c.id, t.phone_number_id || ' ' || u.phone as name from conversations c join customers u on u.id = c.customer_id join tenants t on t.id = c.tenant_id`;
    return ids.map((id) => names.find((each) => each.id === id)?.name);
  };
  const hold = (number: string, upTo: number, set: "lease" | "retry") =>
    db.sql`update conversations c set
        lease_expires_at = case when ${set} = 'lease' then now() + interval '1 minute' end,
        retry_at = case when ${set} = 'retry' then now() + interval '1 minute' end
      from customers u, tenants t
      where u.id = c.customer_id and t.id = c.tenant_id and phone_number_id = ${number} and phone::int <= ${upTo}::int`;

  test("numbers take turns, at each the longest waiting first", async () => {
    await waiting("a", 5, 100);
    await waiting("b", 2, 500);
    await waiting("c", 1, 10);
    expect(await opened(WEBHOOK)).toEqual(["b 1", "a 1", "c 1"]);
    expect(await opened(CRON)).toEqual(["b 1", "a 1", "c 1", "b 2", "a 2", "a 3", "a 4", "a 5"]);
    expect(await opened(6)).toEqual(["b 1", "a 1", "c 1", "b 2", "a 2", "a 3"]);
  });

  test("what just came is left to whoever stored it, what is answered or has no time is not there", async () => {
    await waiting("a", 2, 2);
    await waiting("b", 1, 100);
    await waiting("c", 1, 100);
    await db.sql`update conversations c set answered_seq = 1 from tenants t where t.id = c.tenant_id and phone_number_id = 'b'`;
    await db.sql`update conversations c set unread_since = null from tenants t where t.id = c.tenant_id and phone_number_id = 'c'`;
    expect(await opened(CRON)).toEqual([]);
    await db.sql`update conversations set retry_at = now() where unread_since is null`;
    await db.sql`update conversations set unread_since = unread_since - interval '10 seconds'`;
    expect(await opened(CRON)).toEqual(["a 1", "c 1", "a 2"]);
  });

  test.each(["lease", "retry"] as const)(
    "nobody is left out behind a thousand with a %s: the cron looks as far as it has to",
    async (set) => {
      await waiting("a", 1_004, 10);
      await waiting("b", 2, 10);
      await hold("a", 1_002, set);
      expect(await opened(WEBHOOK)).toEqual(["b 1", "b 2"]);
      expect(await opened(CRON)).toEqual(["a 1003", "b 1", "a 1004", "b 2"]);
      await hold("a", 98, set);
      await db.sql`update conversations set lease_expires_at = lease_expires_at - interval '2 minutes', retry_at = retry_at - interval '2 minutes'`;
      expect(await opened(WEBHOOK)).toEqual(["a 1", "b 1", "a 2"]);
    },
  );

  test("a lease or a pause that is over counts, whatever else is set", async () => {
    await waiting("a", 3, 10);
    await db.sql`update conversations set lease_expires_at = now() - interval '1 second', retry_at = now() + interval '1 hour'`;
    expect(await opened(CRON)).toEqual(["a 1", "a 2", "a 3"]);
  });
});
