-- Replaces a value if it is still what was read; how long it lives stays as it was.
--
-- KEYS[1]  value  STRING
-- ARGV[1]  read
-- ARGV[2]  fresh
--
-- Returns 1, or 0 when it was changed meanwhile.

local value = KEYS[1]
local read, fresh = ARGV[1], ARGV[2]

local now = redis.call('GET', value)
if now == fresh then
  return 1
end
if now ~= read then
  return 0
end
redis.call('SET', value, fresh, 'KEEPTTL')
return 1
