/** Redis as seen by the admission cache. */
export interface ScriptRunner {
  /** Result of a script, with strings unparsed. Throws within about `timeoutMs`. */
  run(script: string, keys: readonly string[], args: readonly string[], timeoutMs: number): Promise<unknown>;
  /** Throws when there is no answer within about `timeoutMs`. */
  ping(timeoutMs: number): Promise<void>;
}

/**
 * Verdicts for a whole batch. KEYS are pairs of a message's mark and its customer's counter; ARGV are the limit per
 * window, the window in ms and a mark's lifetime in seconds. A known message gets its earlier verdict and is not counted
 * again. The result is one comma-separated string (`limited:` with the ms left of the window), because Redis engines
 * differ in how they return a table.
 */
export const ADMIT = `
local verdicts = {}
for i = 1, #KEYS, 2 do
  local verdict = redis.call('GET', KEYS[i])
  if not verdict then
    local count = redis.call('INCR', KEYS[i + 1])
    if count == 1 then redis.call('PEXPIRE', KEYS[i + 1], ARGV[2]) end
    verdict = 'new'
    if count > tonumber(ARGV[1]) then verdict = 'limited' end
    redis.call('SET', KEYS[i], verdict, 'EX', ARGV[3])
  end
  if verdict == 'stored' then verdict = 'duplicate' end
  if verdict == 'limited' then verdict = string.format('limited:%.0f', redis.call('PTTL', KEYS[i + 1])) end
  verdicts[#verdicts + 1] = verdict
end
return table.concat(verdicts, ',')`;

/** Marks messages as stored: KEYS are their marks, ARGV a mark's lifetime in seconds. */
export const MARK_STORED = `
for i = 1, #KEYS do redis.call('SET', KEYS[i], 'stored', 'EX', ARGV[1]) end
return #KEYS`;

/**
 * Counts an attempt: KEYS are counters, ARGV their window in ms and then the limit of each. When one is full none is raised, and the
 * result is the longest time in ms until one has room again, as text; `0`: counted.
 */
export const ATTEMPT = `
local wait = 0
for i = 1, #KEYS do
  if tonumber(redis.call('GET', KEYS[i]) or '0') >= tonumber(ARGV[i + 1]) then
    wait = math.max(wait, redis.call('PTTL', KEYS[i]), 1)
  end
end
if wait == 0 then
  for i = 1, #KEYS do
    if redis.call('INCR', KEYS[i]) == 1 then redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
  end
end
return string.format('%.0f', wait)`;

/** Lowers counters by one; a window that has ended is not begun again. */
export const FORGIVE = `
for i = 1, #KEYS do
  if tonumber(redis.call('GET', KEYS[i]) or '0') > 0 then redis.call('DECR', KEYS[i]) end
end
return #KEYS`;
