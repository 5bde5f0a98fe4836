-- Removes a field if it still holds what was read.
--
-- KEYS[1]  hash
-- ARGV[1]  field
-- ARGV[2]  read
--
-- Returns 1, or 0 when it was changed meanwhile.

local hash = KEYS[1]
local field, read = ARGV[1], ARGV[2]

if redis.call('HGET', hash, field) == read then
  return redis.call('HDEL', hash, field)
end
return 0
