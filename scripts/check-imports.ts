import { violations } from "./law/imports.ts";
import { circles, crowdedRooms } from "./law/rooms.ts";
import { sources } from "./law/sources.ts";
import { sqlFunctions, sqlViolations } from "./law/sql.ts";

const files = sources();
const functions = sqlFunctions();
const broken = [
  ...files.flatMap(({ file, text }) => violations(file, text)),
  ...circles(files.filter(({ file }) => /^(lib|web)\//.test(file))),
  ...crowdedRooms([...files, ...functions].map(({ file }) => file)),
  ...functions.flatMap(({ file, text }) => sqlViolations(file, text)),
];
for (const { file, line, rule } of broken) console.error(`${file}:${line} ${rule}`);
console.log(
  `Import law: ${files.length} files, ${functions.length} SQL functions, ${broken.length} breaches.`,
);
if (broken.length > 0) process.exitCode = 1;
