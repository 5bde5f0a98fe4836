-- Notes that a message is about to be sent, so that it is not sent again after a crash.
--
-- KEYS[1]  outbox  STREAM
-- KEYS[2]  begun   HASH of entry → token
-- ARGV[1]  entry   in the stream
-- ARGV[2]  field   its name in the hash
-- ARGV[3]  token   of this attempt: a repetition of this very call is answered like the first
--
-- Returns 1 when it may be sent, 0 when it was begun before or is there no more.

local outbox, begun = KEYS[1], KEYS[2]
local id, field, token = ARGV[1], ARGV[2], ARGV[3]

if #redis.call('XRANGE', outbox, id, id) == 0 then
  return 0
end
if redis.call('HSETNX', begun, field, token) == 1 then
  return 1
end
if redis.call('HGET', begun, field) == token then
  return 1
end
return 0
