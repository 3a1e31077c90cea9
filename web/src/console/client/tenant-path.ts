/** Path of the API for a company. */
export const tenantPath = (tenantId: string, path: string): string =>
  `/t/${encodeURIComponent(tenantId)}${path}`;
