import type { TemplatesView } from "../../../contracts/console/settings.ts";
import { pricesOf } from "../../insight/rates.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { Route, TenantCall } from "../http/route.ts";
import { idIn } from "../inbox/query.ts";

/** Templates of the company's number, as Meta lists them; with `?conversation=` and what each costs there. */
export const TEMPLATE_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/templates",
    access: "agent",
    audit: null,
    handle: async (call) => {
      const { deps, tenantId } = call;
      const phoneNumberId = (await deps.outbox.phoneNumberId(tenantId)) ?? "";
      const [view, priced] = await Promise.all([deps.templates.list(phoneNumberId), pricing(call)]);
      return Response.json(priced(view) satisfies TemplatesView);
    },
  },
];

/** Puts today's prices of the customer's country into a list. */
async function pricing({
  deps,
  tenantId,
  query,
}: TenantCall<ConsoleDeps>): Promise<(view: TemplatesView) => TemplatesView> {
  const conversation = query.get("conversation");
  if (conversation === null) return (view) => view;
  const id = idIn({ conversation }, "conversation");
  const [country, rates] = await Promise.all([deps.rates.countryOf(tenantId, id), deps.rates.list(tenantId)]);
  const priceAt = pricesOf(rates);
  const now = deps.clock.now();
  return (view) =>
    view.state === "ok"
      ? {
          ...view,
          templates: view.templates.map((template) => ({
            ...template,
            priceUsd: priceAt(country ?? "", template.category, now)?.usd ?? null,
          })),
        }
      : view;
}
