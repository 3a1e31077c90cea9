import { expect, test } from "vitest";
import { createAlertStore } from "../../db/alerts.ts";
import type { Finding } from "../../lib/types/alerts.ts";
import { describeStore } from "../store/describe-store.ts";
import { OUR_NUMBER } from "../store/support.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const finding = (over: Partial<Finding> = {}): Finding => ({
  ...{ name: "burn:wait:page", rule: "burn", severity: "page", stage: 3, facts: { burn: 9.5 } },
  ...{ holdMs: 0, keepMs: 10 * MINUTE, sinceMs: null, told: false, ...over },
});

describeStore("alerts", (db) => {
  const NOW = Date.now();
  /** A company with its alerts, looked at in some minute. */
  async function company() {
    await db.sql`insert into tenants (phone_number_id) values (${OUR_NUMBER})`;
    const store = createAlertStore(db);
    const [tenant] = await store.tenants(["unknown", OUR_NUMBER]);
    const tenantId = tenant?.tenantId ?? "";
    const at = (minute: number) => NOW + minute * MINUTE;
    return {
      store,
      tenantId,
      look: (minute: number, ...found: Finding[]) =>
        store.update(tenantId, { found, checked: ["burn:", "dead"] }, at(minute)),
      /** What is told in that minute, as `kind stage`. */
      async tell(minute: number, delivered = true): Promise<string[]> {
        const tellings = await store.takeTellings(tenantId, at(minute));
        for (const telling of tellings) await store.endTelling(tenantId, { telling, delivered }, at(minute));
        return tellings.map(({ kind, name, stage }) => `${kind} ${name} ${stage}`);
      },
      list: (minute: number) => store.list(tenantId, at(minute)),
    };
  }

  test("open once, told once, reminded daily, worse, and over after its time", async () => {
    const { look, tell, list } = await company();
    await look(0, finding());
    expect(await tell(0)).toEqual(["opened burn:wait:page 3"]);
    for (let minute = 1; minute < 5; minute += 1) {
      await look(minute, finding());
      expect(await tell(minute)).toEqual([]);
    }
    await look(6, finding({ stage: 4, facts: { burn: 15 } }));
    expect(await tell(6)).toEqual(["worse burn:wait:page 4"]);
    // Not as bad, and as bad again: that was told.
    await look(7, finding());
    await look(8, finding({ stage: 4 }));
    expect(await tell(8)).toEqual([]);
    await look(6 + 24 * 60, finding());
    expect(await tell(5 + 24 * 60)).toEqual([]);
    expect(await tell(6 + 24 * 60)).toEqual(["reminder burn:wait:page 3"]);
    const minute = 6 + 24 * 60;
    await look(minute + 9);
    expect((await list(minute + 9)).open).toHaveLength(1);
    await look(minute + 10);
    expect(await tell(minute + 10)).toEqual(["recovered burn:wait:page 3"]);
    expect(await tell(minute + 11)).toEqual([]);
    expect(await list(minute + 12)).toMatchObject({
      open: [],
      recovered: [{ openedMs: NOW, recoveredMs: NOW + (minute + 10) * MINUTE, facts: { burn: 9.5 } }],
    });
    // After four weeks the page forgets.
    expect((await list(minute + 29 * 24 * 60)).recovered).toEqual([]);
  });

  test("what could not be looked for stays; what was not named does not end", async () => {
    const { store, tenantId, look, list } = await company();
    await look(0, finding(), finding({ name: "token:1", rule: "token", keepMs: 0 }));
    await look(60);
    await store.update(tenantId, { found: [], checked: ["dependency:"] }, NOW + 2 * HOUR);
    expect((await list(121)).open.map(({ name }) => name)).toEqual(["token:1"]);
  });

  test("two instances at once tell one thing once, and one of them looks", async () => {
    const { store, tenantId, look } = await company();
    await Promise.all(
      Array.from({ length: 8 }, () => look(0, finding(), finding({ name: "dead", rule: "dead" }))),
    );
    const taken = await Promise.all(Array.from({ length: 8 }, () => store.takeTellings(tenantId, NOW)));
    expect(
      taken
        .flat()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["burn:wait:page", "dead"]);
    const run = { name: "watch", everyMs: MINUTE };
    const claims = await Promise.all(Array.from({ length: 8 }, () => store.claimRun(tenantId, run, NOW)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await store.claimRun(tenantId, run, NOW + MINUTE - 1)).toBe(false);
    expect(await store.claimRun(tenantId, run, NOW + MINUTE)).toBe(true);
    // A clock that was far ahead keeps nobody away.
    expect(await store.claimRun(tenantId, run, NOW + DAY)).toBe(true);
    expect(await store.claimRun(tenantId, run, NOW + 2 * MINUTE)).toBe(true);
    expect((await store.list(tenantId, NOW)).ranMs).toBe(NOW + 2 * MINUTE);
  });

  test("what was not delivered is told again; who died while telling is followed after a minute", async () => {
    const { store, tenantId, look, tell } = await company();
    await look(0, finding());
    expect(await tell(0, false)).toHaveLength(1);
    expect(await store.takeTellings(tenantId, NOW)).toHaveLength(1);
    expect(await tell(1)).toEqual([]);
    await db.sql`update alerts set telling_until = telling_until - interval '61 seconds'`;
    expect(await tell(1)).toEqual(["opened burn:wait:page 3"]);
  });

  test("one bad look is not told, nor that it is over; what was told elsewhere is not told again", async () => {
    const { look, tell } = await company();
    const down = finding({ name: "dead", rule: "dead", holdMs: MINUTE, keepMs: 0 });
    await look(0, down);
    expect(await tell(0)).toEqual([]);
    await look(1);
    expect(await tell(1)).toEqual([]);
    await look(2, { ...down, told: true, sinceMs: NOW - HOUR });
    expect(await tell(2)).toEqual([]);
    await look(3, { ...down, told: true, stage: 5 });
    expect(await tell(3)).toEqual([]);
    // It came back within the hour, so it must stay away for half of one.
    await look(32);
    expect(await tell(32)).toEqual([]);
    await look(33);
    expect(await tell(33)).toEqual(["recovered dead 5"]);
  });
});
