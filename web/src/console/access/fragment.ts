/** Token of the address's fragment, which no server sees; removed from the address at once, so that it stays in no history. */
export function takeFragment(): string | null {
  const token = location.hash.slice(1);
  if (token) history.replaceState(history.state, "", location.pathname + location.search);
  return token || null;
}
