-- Moves the time that a job was last done for forward, never back.
--
-- KEYS[1]  runs  HASH
-- ARGV[1]  job
-- ARGV[2]  at    ms
--
-- Returns the time that stands now.

local runs = KEYS[1]
local job, at = ARGV[1], ARGV[2]

local last = redis.call('HGET', runs, job)
if last and tonumber(last) >= tonumber(at) then
  return last
end
redis.call('HSET', runs, job, at)
return at
