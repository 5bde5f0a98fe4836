-- Takes or renews a lease.
--
-- KEYS[1]  lease   STRING: end (ms), TAB, holder
-- ARGV[1]  holder
-- ARGV[2]  now     ms
-- ARGV[3]  ends    ms
-- ARGV[4]  keep    ms, for tidying up only: whether a lease holds is decided by its end
--
-- Returns 1 when the holder has it now, 0 when somebody else does.

local lease = KEYS[1]
local holder, now, ends, keep = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

local held = redis.call('GET', lease)
if held then
  local till, by = string.match(held, '^(%d+)\t(.*)$')
  if by ~= holder and tonumber(till) > tonumber(now) then
    return 0
  end
end
redis.call('SET', lease, ends .. '\t' .. holder, 'PX', keep)
return 1
