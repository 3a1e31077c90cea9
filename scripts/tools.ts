/** `npm run tools`: lists a company's tools, tries one, approves those of an MCP server, makes some of an OpenAPI document, keeps their secrets. */
import { readCompany } from "../db/company.ts";
import { createAuditLog } from "../db/console/audit.ts";
import { runCommand } from "../host/machine/command.ts";
import type { Teardown } from "../host/machine/lifecycle.ts";
import { complain, readHidden, say } from "../host/machine/terminal.ts";
import { approve } from "./tools/approve.ts";
import { type ToolsTask, toolsTask } from "./tools/arguments.ts";
import { secretKeys } from "./tools/environment.ts";
import { importDocument } from "./tools/import.ts";
import { list } from "./tools/list.ts";
import { secretCommand } from "./tools/secret.ts";
import { companyOf, ownerOf, storedCompany } from "./tools/source.ts";
import { tryTool } from "./tools/test.ts";

const USAGE = `npm run tools -- list                             list the tools, where they call, and what is missing
npm run tools -- test <name> --input '{"…": …}'   call one; shows request and answer, secrets masked
npm run tools -- import <file> [operationId …]    list the operations of an OpenAPI document, or make tools of these
npm run tools -- approve <url> [tool …]           list the tools of an MCP server, or show these and, with --yes, approve them
npm run tools -- secret set <NAME>                set what tools name as \${secret:NAME}: typed unseen, or from stdin
npm run tools -- secret list | remove <NAME>      list the secrets' names and when each was set, or remove one
npm run tools -- secret reseal                    seal all under the first key of SECRETS_KEY

--company <folder>   a company folder; without it, the live version of the number that --number names, or of the first
--as <phone>         test on behalf of this phone (10000000000)
--yes                test: really do what has an effect; approve: write the files
--header 'name: value'   approve: what the server needs, as \${env:TOOL_…} or \${secret:…}; may be repeated`;

await runCommand(main);

async function main(teardown: Teardown, words: readonly string[]): Promise<number> {
  const task = toolsTask(words);
  if (task === null) {
    complain(USAGE);
    return 2;
  }
  const { act, folder, names, number } = task;
  const [first = "", ...more] = names;
  if (act === "import") say(await importDocument(first, more, folder));
  else if (act === "secret") say(await keepSecrets(task, teardown));
  else if (act === "approve") {
    const owner = async () => ownerOf(await storedCompany(number, teardown));
    say(await approve({ ...task, url: first, wanted: more, owner }));
  } else {
    const company = await companyOf(folder, number, teardown);
    if (act === "list") say(await list(company));
    else return tryTool(company, first, task);
  }
  return 0;
}

async function keepSecrets({ names, number }: ToolsTask, teardown: Teardown): Promise<string> {
  const { database, phoneNumberId, kept } = await storedCompany(number, teardown);
  const company = await readCompany(database, phoneNumberId);
  return secretCommand(names, {
    ...{ database, kept, tools: company?.tools ?? [] },
    audit: createAuditLog(database),
    keys: secretKeys(),
    readValue: () => readHidden(`Value of ${names[1]} (not shown): `),
  });
}
