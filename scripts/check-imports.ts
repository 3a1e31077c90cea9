import { violations } from "./law/imports.ts";
import { sources } from "./law/sources.ts";

const files = sources();
const broken = files.flatMap(({ file, text }) => violations(file, text));
for (const { file, line, rule } of broken) console.error(`${file}:${line} ${rule}`);
console.log(`Import law: ${files.length} files, ${broken.length} breaches.`);
if (broken.length > 0) process.exitCode = 1;
