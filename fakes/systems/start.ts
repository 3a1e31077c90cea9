/** `npm run systems`: the example systems of docs/tools.md on loopback, until it is stopped. */
import { startCompanyApi } from "../company-api.ts";
import { event, startCalendar } from "./calendar.ts";
import { startMenuMcp } from "./menu-mcp.ts";
import { startWorkshop } from "./workshop.ts";

const PORTS = { workshop: 8085, menu: 8086, calendar: 8087, shop: 8088 };
const secret = process.env.COMPANY_API_SECRET ?? "example secret";
const apiKey = process.env.TOOL_WORKSHOP_KEY ?? "example key";
const workshop = await startWorkshop({ apiKey, secret, now: Date.now, port: PORTS.workshop });
const menu = await startMenuMcp({ port: PORTS.menu });
const calendar = await startCalendar({ port: PORTS.calendar });
const shop = await startCompanyApi({ secret, port: PORTS.shop });
calendar.hold(
  event("DTSTART:20260105T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
  event("DTSTART;VALUE=DATE:20261225", "RRULE:FREQ=YEARLY"),
);
console.log(`A workshop with an OpenAPI document (fakes/systems/workshop.openapi.yaml) at ${workshop.url}/v2
A menu as an MCP server at ${menu.url}
A calendar, busy from 10:00 to 11:00 on working days and on the 25th of December, at ${calendar.url}
The demo shop, which takes carts and changes addresses, at ${shop.url}

For .env:
COMPANY_API_SECRET='${secret}'
ALLOW_TOOL_HOSTS=${workshop.host},${menu.host},${calendar.host},${new URL(shop.url).host}
TOOL_WORKSHOP_URL=${workshop.url}
TOOL_WORKSHOP_KEY='${apiKey}'
TOOL_CALENDAR_URL=${calendar.url}
TOOL_SHOP_URL=${shop.url}`);
