-- Takes a message out of the outbox.
--
-- KEYS[1]  outbox   STREAM
-- KEYS[2]  begun    HASH
-- KEYS[3]  blocked  ZSET of people
-- ARGV[1]  entry    in the stream
-- ARGV[2]  field    its name in the hash of those begun
-- ARGV[3]  person   who turned out to have blocked the bot, or ""
-- ARGV[4]  now      ms
--
-- Returns 1, or 0 when it was taken out before.

local outbox, begun, blocked = KEYS[1], KEYS[2], KEYS[3]
local id, field, person, now = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

redis.call('HDEL', begun, field)
if person ~= '' then
  redis.call('ZADD', blocked, 'NX', now, person)
end
return redis.call('XDEL', outbox, id)
