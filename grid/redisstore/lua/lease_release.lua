-- Gives a lease back, if it is still the holder's.
--
-- KEYS[1]  lease   STRING: end (ms), TAB, holder
-- ARGV[1]  holder
--
-- Returns 1, or 0 when it was lost before, which is no error.

local lease, holder = KEYS[1], ARGV[1]

local held = redis.call('GET', lease)
if held and string.match(held, '^%d+\t(.*)$') == holder then
  return redis.call('DEL', lease)
end
return 0
