/** `npm run tools`: lists a company's tools, tries one, approves those of an MCP server, makes some of an OpenAPI document. */
import { runCommand } from "../host/machine/command.ts";
import type { Teardown } from "../host/machine/lifecycle.ts";
import { complain, say } from "../host/machine/terminal.ts";
import { approve } from "./tools/approve.ts";
import { toolsTask } from "./tools/arguments.ts";
import { importDocument } from "./tools/import.ts";
import { list } from "./tools/list.ts";
import { companyOf } from "./tools/source.ts";
import { tryTool } from "./tools/test.ts";

const USAGE = `npm run tools -- list                             list the tools, where they call, and what is missing
npm run tools -- test <name> --input '{"…": …}'   call one; shows request and answer, secrets masked
npm run tools -- import <file> [operationId …]    list the operations of an OpenAPI document, or make tools of these
npm run tools -- approve <url> [tool …]           list the tools of an MCP server, or show these and, with --yes, approve them

--company <folder>   a company folder; without it, the live version of the number that --number names, or of the first
--as <phone>         test on behalf of this phone (10000000000)
--yes                test: really do what has an effect; approve: write the files
--header 'name: value'   approve: what the server needs, as \${env:TOOL_…}; may be repeated`;

await runCommand(main);

async function main(teardown: Teardown, words: readonly string[]): Promise<number> {
  const task = toolsTask(words);
  if (task === null) {
    complain(USAGE);
    return 2;
  }
  const { act, folder, names } = task;
  const [first = "", ...more] = names;
  if (act === "import") say(await importDocument(first, more, folder));
  else if (act === "approve") say(await approve({ ...task, url: first, wanted: more }));
  else {
    const company = await companyOf(folder, task.number, teardown);
    if (act === "list") say(list(company.tools));
    else return tryTool(company, first, task);
  }
  return 0;
}
