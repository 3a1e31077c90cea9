/** `npm run systems`: the example systems of docs/tools.md on loopback, until it is stopped. */
import { startMenuMcp } from "./menu-mcp.ts";
import { startWorkshop } from "./workshop.ts";

const PORTS = { workshop: 8085, menu: 8086 };
const secret = process.env.COMPANY_API_SECRET ?? "example secret";
const apiKey = process.env.TOOL_WORKSHOP_KEY ?? "example key";
const workshop = await startWorkshop({ apiKey, secret, now: Date.now, port: PORTS.workshop });
const menu = await startMenuMcp({ port: PORTS.menu });
console.log(`A workshop with an OpenAPI document (fakes/systems/workshop.openapi.yaml) at ${workshop.url}/v2
A menu as an MCP server at ${menu.url}

For .env:
COMPANY_API_SECRET='${secret}'
ALLOW_TOOL_HOSTS=${workshop.host},${menu.host}
TOOL_WORKSHOP_URL=${workshop.url}
TOOL_WORKSHOP_KEY='${apiKey}'`);
