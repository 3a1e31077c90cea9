import { describe, expect, it } from "vitest";
import { parseWebhook } from "../../lib/whatsapp/inbound/payload.ts";
import { fixtures } from "./payload-fixtures.ts";

const NOW_MS = 1_790_000_000_000;

/** The news in a change of this field. */
function news(field: string, value: object, entry: object = {}) {
  const [first] = parseWebhook(
    { entry: [{ id: "WABA", ...entry, changes: [{ field, value }] }] },
    NOW_MS,
  ).accountEvents;
  if (!first) throw new Error("no news was read");
  return first;
}

describe("news about the account, its numbers and templates", () => {
  it("holds no customer's number, and nothing that people wrote", () => {
    const accountEvents = fixtures().flatMap(
      ({ json }) => parseWebhook(JSON.parse(json), NOW_MS).accountEvents,
    );
    expect(accountEvents.length).toBeGreaterThan(15);
    // Every customer of the fixtures, and words of the histories in them.
    expect(JSON.stringify(accountEvents)).not.toMatch(/5198765|1650555|1212555|viejo|Thanks|Ana Ruiz|Pablo/);
    const detail = {
      a: 1,
      list: [{ from: "51987", to: "51988", ok: true }],
      contacts: [{ wa_id: "51987" }],
      user_id: "PE.1",
    };
    expect(news("account_update", detail).detail).toEqual({ a: 1, list: [{ ok: true }] });
    expect(news("group_something_new", { groups: [{ subject: "Familia Ruiz" }] }).detail).toEqual({
      groups: 1,
    });
  });

  it.each([
    ["account_update", { event: "ACCOUNT_VIOLATION" }, "critical"],
    ["account_update", { event: "account_violation" }, "critical"],
    ["account_update", { event: "PARTNER_ADDED" }, "info"],
    ["account_update", { event: "SOMETHING_NEW" }, "warning"],
    ["account_update", {}, "warning"],
    ["account_alerts", { alert_info: { alert_type: "X", alert_severity: "INFORMATIONAL" } }, "info"],
    ["account_alerts", { alert_info: { alert_type: "X", alert_severity: "WARNING" } }, "warning"],
    ["account_alerts", { alert_info: { alert_type: "X" } }, "warning"],
    ["account_review_update", { decision: "REJECTED" }, "critical"],
    ["account_review_update", { decision: "APPROVED" }, "info"],
    ["phone_number_quality_update", { event: "DOWNGRADE" }, "warning"],
    ["phone_number_quality_update", { event: "UNFLAGGED" }, "info"],
    ["phone_number_name_update", { decision: "REJECTED" }, "warning"],
    ["message_template_status_update", { event: "REJECTED" }, "warning"],
    ["message_template_status_update", { event: "APPROVED" }, "info"],
    ["message_template_quality_update", { new_quality_score: "GREEN" }, "info"],
    ["flows", { event: "ENDPOINT_ERROR_RATE", alert_state: "ACTIVATED" }, "warning"],
    ["flows", { event: "ENDPOINT_ERROR_RATE", alert_state: "DEACTIVATED" }, "info"],
    ["security", { event: "PIN_RESET_REQUEST" }, "critical"],
    ["history", { history: [{ errors: [{ code: 2593109 }] }] }, "info"],
  ])("rates %s %j as %s", (field, value, severity) => {
    expect(news(field, value).severity).toBe(severity);
  });

  it("keeps Meta's own time apart from ours", () => {
    expect(news("security", {}, { time: 1_760_000_000 })).toMatchObject({
      accountId: "WABA",
      timestampMs: 1_760_000_000_000,
      givenTimeMs: 1_760_000_000_000,
    });
    expect(news("security", {})).toMatchObject({ timestampMs: NOW_MS, givenTimeMs: null, event: "(none)" });
    expect(news("flows", { timestamp: "1760000000" }).givenTimeMs).toBe(1_760_000_000_000);
  });
});
