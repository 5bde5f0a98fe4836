-- Puts an inbox entry aside that failed too often.
--
-- KEYS[1]  inbox   STREAM
-- KEYS[2]  tries   HASH
-- KEYS[3]  aside   STREAM
-- ARGV[1]  entry   in the inbox
-- ARGV[2]  error   why
-- ARGV[3]  now     ms
--
-- Returns 1, or 0 when the entry was dealt with or put aside before.

local inbox, tries, aside = KEYS[1], KEYS[2], KEYS[3]
local id, why, now = ARGV[1], ARGV[2], ARGV[3]

local found = redis.call('XRANGE', inbox, id, id)
if #found == 0 then
  return 0
end
local n = redis.call('HGET', tries, id) or '0'
local entry = { '*', 'n', n, 'e', why, 't', now }
for _, value in ipairs(found[1][2]) do
  entry[#entry + 1] = value
end
redis.call('XADD', aside, unpack(entry))
redis.call('XDEL', inbox, id)
redis.call('HDEL', tries, id)
return 1
