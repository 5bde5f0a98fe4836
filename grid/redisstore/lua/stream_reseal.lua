-- Replaces one field in entries of a stream. A stream's entries cannot be changed, so the stream is written anew, in one
-- script: every entry keeps its name and its place, and what was taken out meanwhile stays out.
--
-- KEYS[1]   stream  STREAM
-- ARGV[1]   name    of the field
-- ARGV[2…]          per entry: its name, the fresh value
--
-- Returns how many entries were changed.

local stream = KEYS[1]
local name = ARGV[1]

local fresh = {}
for i = 2, #ARGV, 2 do
  fresh[ARGV[i]] = ARGV[i + 1]
end
local entries = redis.call('XRANGE', stream, '-', '+')
-- A name later than any that ever stood here: names must not come again, not even those of entries that are gone.
local last = redis.call('XADD', stream, '*', name, '')
redis.call('DEL', stream)
local changed = 0
for _, entry in ipairs(entries) do
  local id, fields = entry[1], entry[2]
  if fresh[id] then
    for i = 1, #fields, 2 do
      if fields[i] == name then
        fields[i + 1] = fresh[id]
        changed = changed + 1
      end
    end
  end
  redis.call('XADD', stream, id, unpack(fields))
end
redis.call('XADD', stream, last, name, '')
redis.call('XDEL', stream, last)
return changed
