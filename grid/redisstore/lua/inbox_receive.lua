-- Stores updates in the inbox, each once.
--
-- KEYS[1]  inbox   STREAM
-- KEYS[2]  seen    ZSET of what was received before
-- ARGV[1]  now     ms
-- ARGV[2]  forget  ms: what was seen before that is forgotten
-- ARGV[3…]         per update: the name by which it is known again, update id, sealed data
--
-- Returns how many were new.

local inbox, seen = KEYS[1], KEYS[2]
local now, forget = ARGV[1], ARGV[2]

local new = 0
for i = 3, #ARGV, 3 do
  if redis.call('ZADD', seen, 'NX', now, ARGV[i]) == 1 then
    redis.call('XADD', inbox, '*', 'u', ARGV[i + 1], 'a', now, 'd', ARGV[i + 2])
    new = new + 1
  end
end
redis.call('ZREMRANGEBYSCORE', seen, '-inf', '(' .. forget)
return new
