-- Takes a message out of the outbox.
--
-- KEYS[1]  outbox   STREAM
-- KEYS[2]  begun    HASH
-- KEYS[3]  blocked  ZSET of people
-- KEYS[4]  mailbox  STREAM of whoever looks for the message by number and code
-- KEYS[5…] tallies  HASHes in which the message is counted, if this takes it out
-- ARGV[1]  entry    in the stream
-- ARGV[2]  field    its name in the hash of those begun
-- ARGV[3]  person   who turned out to have blocked the bot, or ""
-- ARGV[4]  now      ms
-- ARGV[5]  message  sealed, for the mailbox, or ""
-- ARGV[6]  most     how many messages a mailbox holds
-- ARGV[7]  outcome  field of the tallies
--
-- Returns 1, or 0 when it was taken out before.

local outbox, begun, blocked, mailbox = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, field, person, now, message, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

redis.call('HDEL', begun, field)
if person ~= '' then
  redis.call('ZADD', blocked, 'NX', now, person)
end
local taken = redis.call('XDEL', outbox, id)
if taken == 1 and message ~= '' then
  redis.call('XADD', mailbox, 'MAXLEN', most, '*', 'm', message)
end
for i = 5, #KEYS do
  if taken == 1 then
    redis.call('HINCRBY', KEYS[i], ARGV[7], 1)
  end
end
return taken
