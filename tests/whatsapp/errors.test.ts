import { describe, expect, it } from "vitest";
import { META_ERRORS, sendDecision } from "../../lib/whatsapp/errors.ts";

/** Written out from Meta's list, apart from the table under test. */
const ROWS = [
  ["retry_safe", [4, 17, 613, 80007, 130429, 131056]],
  ["ambiguous", [1, 2, 131000, 131016, 131057, 133004]],
  ["never", [131048, 131049, 131050, 130472]],
  ["needs_template", [131047]],
  ["plain_form", [131051, 131052, 131053, 131055, 131062, 131008, 131009, 135000, 100]],
  ["recipient_lost", [131026, 131021, 130403]],
  [
    "stop_and_alert",
    [0, 3, 102, 190, 10, 131005, 131030, 368, 131031, 130497, 131042, 134011, 33, 131037, 131045, 133010],
  ],
] as const;

describe("sendDecision", () => {
  const rows = ROWS.flatMap(([decision, codes]) => codes.map((code) => [code, decision] as const));

  it.each(rows)("answers code %i with %s, whatever the HTTP status", (code, decision) => {
    for (const status of [400, 401, 403, 404, 429, 500, 503])
      expect(sendDecision(code, status)).toBe(decision);
  });

  it("knows no code that is not in the list", () => {
    const sent = Object.values(META_ERRORS).filter(({ decision }) => decision !== null);
    expect(sent.map(({ code }) => code).sort()).toEqual(rows.map(([code]) => code).sort());
  });

  it.each([
    [200, "stop_and_alert"],
    [299, "stop_and_alert"],
    [132000, "plain_form"],
    [132999, "plain_form"],
    [133000, "stop_and_alert"],
    [133016, "stop_and_alert"],
  ] as const)("answers code %i of a range with %s", (code, decision) => {
    expect(sendDecision(code, 400)).toBe(decision);
  });

  it.each([199, 300, 131999, 134000, 999999])(
    "tries the plain form on unknown code %i, or waits for a report after a 5xx",
    (code) => {
      expect(sendDecision(code, 400)).toBe("plain_form");
      expect(sendDecision(code, 500)).toBe("ambiguous");
    },
  );

  it.each([
    [302, "stop_and_alert"],
    [400, "plain_form"],
    [401, "stop_and_alert"],
    [403, "stop_and_alert"],
    [404, "plain_form"],
    [408, "ambiguous"],
    [429, "retry_safe"],
    [500, "ambiguous"],
    [502, "ambiguous"],
    [503, "ambiguous"],
  ] as const)("answers HTTP %i without a code with %s", (status, decision) => {
    expect(sendDecision(null, status)).toBe(decision);
  });
});
