-- Commits one ledger.Change: everything or nothing, and once only however often it is sent.
--
-- KEYS[1]  inbox   STREAM
-- KEYS[2]  tries   HASH
-- KEYS[3…]         whatever the checks, numbers and writes below name by their place in KEYS
--
-- ARGV[1]  token   new for each commit; everything that is written carries it in its header line
-- ARGV[2]  done    inbox entry that this commit deals with, or ""
-- ARGV[3]  counts of checks, numbers, substitutions and writes, separated by spaces, followed by
--   checks         kind, key, expected:
--                    case     the version in the header of the list's first element
--                    talk     the version in the header of the string
--                    roster   likewise
--                    book     likewise
--                    mark     must not be set
--                    invite   the hash must have this field
--                    fetch    the sorted set must have this member
--   numbers        key of the counter, format, marker
--   substitutions  places, counted from the first write's first argument, of values in which markers are replaced
--   writes         command, key, number of further arguments, arguments
--
-- A header line is: version TAB token [TAB number …] LF. A missing document has version 0.
--
-- Returns {"ok", number…}; {"again", number…} when this very commit was done before (its reply was lost); {"done"} when the
-- inbox entry, the fetch entry or the mark says that somebody dealt with it; {"gone"} when the invitation was taken;
-- {"conflict", kind} when something is not at the expected version. Only "ok" writes anything.

local inbox, tries = KEYS[1], KEYS[2]
local token, done = ARGV[1], ARGV[2]
local nchecks, nnumbers, nsubs, nwrites = string.match(ARGV[3], '^(%d+) (%d+) (%d+) (%d+)$')
local pos = 4

-- header splits the first line of a document into version, token and the rest.
local function header(doc)
  if not doc or doc == '' then
    return '0', '', ''
  end
  local eol = string.find(doc, '\n', 1, true) or (#doc + 1)
  local version, by, rest = string.match(string.sub(doc, 1, eol - 1), '^([^\t]*)\t([^\t]*)(.*)$')
  return version, by, rest
end

local read = {
  case = function(key) return redis.call('LINDEX', key, 0) end,
  talk = function(key) return redis.call('GETRANGE', key, 0, 255) end,
  roster = function(key) return redis.call('GET', key) end,
  book = function(key) return redis.call('GET', key) end,
  mark = function(key) return redis.call('GET', key) end,
}

-- failed keeps the reason that matters most: done before gone before conflict.
local failed
local rank = { done = 3, gone = 2, conflict = 1 }
local function fail(status, kind)
  if not failed or rank[status] > rank[failed[1]] then
    failed = { status, kind }
  end
end

for _ = 1, tonumber(nchecks) do
  local kind, key, want = ARGV[pos], KEYS[tonumber(ARGV[pos + 1])], ARGV[pos + 2]
  pos = pos + 3
  if kind == 'invite' then
    if redis.call('HEXISTS', key, want) == 0 then fail('gone', kind) end
  elseif kind == 'fetch' then
    if not redis.call('ZSCORE', key, want) then fail('done', kind) end
  else
    local version, by, rest = header(read[kind](key))
    if by == token then
      local again = { 'again' }
      for number in string.gmatch(rest, '[^\t]+') do
        again[#again + 1] = number
      end
      return again
    elseif kind == 'mark' then
      if by ~= '' then fail('done', kind) end
    elseif version ~= want then
      fail('conflict', kind)
    end
  end
end

if failed then
  if done ~= '' and #redis.call('XRANGE', inbox, done, done) == 0 then
    return { 'done' }
  end
  return failed
end
-- The first write is also the last check: an entry that is gone was dealt with.
if done ~= '' then
  if redis.call('XDEL', inbox, done) == 0 then
    return { 'done' }
  end
  redis.call('HDEL', tries, done)
end

-- replaced puts number in every place of marker. Plain search is several times faster than gsub on a whole document.
local function replaced(value, marker, number)
  local from, parts = 1, {}
  while true do
    local at, till = string.find(value, marker, from, true)
    if not at then
      break
    end
    parts[#parts + 1] = string.sub(value, from, at - 1)
    parts[#parts + 1] = number
    from = till + 1
  end
  if from == 1 then
    return value
  end
  parts[#parts + 1] = string.sub(value, from)
  return table.concat(parts)
end

local result, markers = { 'ok' }, {}
for i = 1, tonumber(nnumbers) do
  local key, format, marker = KEYS[tonumber(ARGV[pos])], ARGV[pos + 1], ARGV[pos + 2]
  pos = pos + 3
  markers[i] = marker
  result[i + 1] = string.format(format, redis.call('INCR', key))
end

local first = pos + tonumber(nsubs)
for i = pos, first - 1 do
  local at = first + tonumber(ARGV[i])
  for n, marker in ipairs(markers) do
    ARGV[at] = replaced(ARGV[at], marker, result[n + 1])
  end
end

pos = first
for _ = 1, tonumber(nwrites) do
  local last = pos + 2 + tonumber(ARGV[pos + 2])
  redis.call(ARGV[pos], KEYS[tonumber(ARGV[pos + 1])], unpack(ARGV, pos + 3, last))
  pos = last + 1
end
return result
