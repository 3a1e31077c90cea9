// Not `types` in tsconfig.json: Vercel compiles each endpoint where that lookup fails, and prints an error for it.
/// <reference types="node" />
