import { expect, it } from "vitest";
import { ROUTES } from "../../../lib/console/routes.ts";
import { access as en } from "../../../web/src/texts/en/console-access.ts";
import { access as es } from "../../../web/src/texts/es/console-access.ts";
import { access as pt } from "../../../web/src/texts/pt/console-access.ts";

/** Lines that are written with details, and those of `npm run operator` and `npm run tools`. */
const WITH_DETAILS = [
  ...["conversation.open", "conversation.send", "operator.invite", "operator.role", "operator.reset"],
  ...["playground.ask", "playground.replay", "turn.open", "secret.set", "secret.remove", "secret.reseal"],
];

it.each(Object.entries({ en, es, pt }))("every line of the audit log has its words (%s)", (_, { audit }) => {
  const acts = ROUTES.flatMap((route) =>
    "audit" in route && typeof route.audit === "string" ? [route.audit] : [],
  );
  expect(acts.length).toBeGreaterThan(15);
  expect([...acts, ...WITH_DETAILS].filter((act) => !Object.hasOwn(audit.acts, act))).toEqual([]);
});
