-- Counts a failed attempt at an inbox entry.
--
-- KEYS[1]  inbox   STREAM
-- KEYS[2]  tries   HASH
-- ARGV[1]  entry   in the inbox
--
-- Returns how many attempts failed, 0 when the entry was dealt with.

local inbox, tries, id = KEYS[1], KEYS[2], ARGV[1]

if #redis.call('XRANGE', inbox, id, id) == 0 then
  return 0
end
return redis.call('HINCRBY', tries, id, 1)
