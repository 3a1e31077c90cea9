import { beforeAll, beforeEach, expect, test } from "vitest";
import { createMediaFiles } from "../../../db/media-files.ts";
import { createRetention } from "../../../db/retention.ts";
import type { MediaFiles } from "../../../lib/types/media.ts";
import { describeStore } from "../../store/describe-store.ts";
import { inbound, OUR_NUMBER } from "../../store/support.ts";

describeStore("records of archived files", (db) => {
  let files: MediaFiles;
  beforeAll(() => {
    files = createMediaFiles(db);
  });
  beforeEach(async () => {
    await db.receive([inbound()]);
    await archiveFor("30");
  });

  const archiveFor = (days: string) =>
    db.sql`update tenants set profile = jsonb_set(profile, '{mediaDays}', ${days}::jsonb)`;
  const record = (mediaId: string, path = `media/${mediaId}`) =>
    files.record({ phoneNumberId: OUR_NUMBER, mediaId }, "image/png", path);
  const age = (days: number) => db.sql`
    update media_files set stored_at = stored_at - make_interval(days => ${days}::int),
                           expires_at = expires_at - make_interval(days => ${days}::int)`;
  const daysKept = async () => {
    const rows = await db.sql<{ days: number }>`
      select extract(day from expires_at - stored_at)::int as days from media_files`;
    return rows.map(({ days }) => days);
  };

  test.each([
    ["1", 1],
    ["365", 365],
    ["366", 365],
    ["30.9", 30],
    ["1e30", 365],
  ])("a company that says %s keeps them for %i days", async (said, days) => {
    await archiveFor(said);
    expect(await record("a")).toBe("media/a");
    expect(await daysKept()).toEqual([days]);
  });

  test.each(["0", "-1", "0.5", "null", '"30"', '{"a": 1}', "[30]"])(
    "a company that says %s keeps none",
    async (said) => {
      await archiveFor(said);
      expect(await record("a")).toBeNull();
      expect(await daysKept()).toEqual([]);
    },
  );

  test("nothing is kept for a number that is not ours", async () => {
    expect(await files.record({ phoneNumberId: "1", mediaId: "a" }, "image/png", "media/a")).toBeNull();
  });

  test("a file is put where it was to be put before, until it is there", async () => {
    await record("a");
    expect(await record("a", "media/other")).toBe("media/a");
    await files.confirm("media/a", 16);
    expect(await record("a", "media/other")).toBeNull();
    expect(await db.sql`select path, bytes from media_files`).toEqual([{ path: "media/a", bytes: 16 }]);
  });

  test("a file that may still be on its way is not due", async () => {
    await record("a");
    await archiveFor("0");
    await files.shorten();
    expect(await files.due(10)).toEqual([]);
    await db.sql`update media_files set stored_at = stored_at - interval '11 minutes'`;
    expect(await files.due(10)).toEqual(["media/a"]);
  });

  test("the files of a company that is gone are due", async () => {
    await record("a");
    await age(1);
    await db.sql`delete from tenants`;
    await files.shorten();
    expect(await files.due(10)).toEqual(["media/a"]);
  });

  test.each(["messages", "conversations", "customers"])(
    "a file is due when %s are deleted",
    async (table) => {
      await db.receive([inbound({ type: "image", content: { id: "a", mime_type: "image/png" } })]);
      await Promise.all([record("a"), record("b")]);
      await age(1);
      if (table === "messages") await db.sql`delete from messages`;
      else if (table === "customers") await db.sql`delete from customers`;
      else await db.sql`delete from conversations`;
      expect(await files.due(10)).toEqual(["media/a"]);
    },
  );

  test("the longest due come first, as many as are asked for, and are forgotten once", async () => {
    for (const id of ["a", "b", "c"]) {
      await record(id);
      await age(20);
    }
    expect(await files.due(1)).toEqual(["media/a"]);
    expect(await files.due(10)).toEqual(["media/a", "media/b"]);
    expect(await files.forget(["media/a", "media/b", "media/never"])).toBe(2);
    expect(await files.forget(["media/a", "media/b"])).toBe(0);
    expect(await files.forget([])).toBe(0);
  });

  test("many purges at once, of messages and of files, wait for each other nowhere and count each once", async () => {
    await db.sql`
      insert into messages (tenant_id, conversation_id, direction, state, type, content, sent_at, created_at)
        select tenant_id, id, 'in', 'received', 'image', jsonb_build_object('id', n::text), now(), now() - interval '400 days'
          from conversations, generate_series(1, 120) n`;
    await db.sql`
      insert into media_files (path, tenant_id, media_id, mime_type, stored_at, expires_at)
        select 'media/' || md5(n::text), id, n::text, 'image/png', now() - interval '40 days', now() + interval '9 days'
          from tenants, generate_series(1, 120) n`;
    await db.sql`update conversations set answered_seq = received_seq`;
    const purge = async (): Promise<number> => {
      await createRetention(db).purge(365, 30);
      await files.shorten();
      return files.forget(await files.due(30));
    };
    const counts = await Promise.all(Array.from({ length: 6 }, purge));
    for (let rest = -1; rest !== 0; counts.push(rest)) rest = await purge();
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(120);
  });
});
