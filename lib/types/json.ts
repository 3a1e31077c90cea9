/** Any value that survives a trip through JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
