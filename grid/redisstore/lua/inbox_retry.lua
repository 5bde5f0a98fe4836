-- Puts an entry that was put aside back at the end of the inbox, or drops it.
--
-- KEYS[1]  inbox   STREAM
-- KEYS[2]  aside   STREAM
-- ARGV[1]  entry   among those put aside
-- ARGV[2]  "retry" or "drop"
--
-- Returns 1, or 0 when there is no such entry.

local inbox, aside = KEYS[1], KEYS[2]
local id, what = ARGV[1], ARGV[2]

local found = redis.call('XRANGE', aside, id, id)
if #found == 0 then
  return 0
end
if what == 'retry' then
  local entry = { '*' }
  local fields = found[1][2]
  for i = 1, #fields, 2 do
    local name = fields[i]
    if name == 'u' or name == 'a' or name == 'd' then
      entry[#entry + 1] = name
      entry[#entry + 1] = fields[i + 1]
    end
  end
  redis.call('XADD', inbox, unpack(entry))
end
redis.call('XDEL', aside, id)
return 1
