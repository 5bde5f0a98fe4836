-- Puts a fetch off to a later time and counts the attempt.
--
-- KEYS[1]  fetch   ZSET
-- ARGV[1]  before  the entry as it was read
-- ARGV[2]  after   the entry with the attempt counted
-- ARGV[3]  at      ms
--
-- Returns 1, or 0 when the entry was dealt with: it is then not put back.

local fetch = KEYS[1]
local before, after, at = ARGV[1], ARGV[2], ARGV[3]

if redis.call('ZREM', fetch, before) == 0 then
  -- A repetition of this very call finds what the first one left.
  return redis.call('ZSCORE', fetch, after) and 1 or 0
end
redis.call('ZADD', fetch, at, after)
return 1
