"""The acts of the Redis journal, each one script: all of it happens, or nothing (J6). Every key is declared."""

from __future__ import annotations

APPEND = """
-- keys: head, entries, turn, pending, channel, era, healing
-- argv: room, on.seq, on.mark, seq, mark, the entry, this process, claim ("1": the turn is wanted), ms of a turn, era
if redis.call('get', KEYS[6]) ~= ARGV[10] then return {'anew', 0} end
local healing = redis.call('pttl', KEYS[7])
if healing > 0 then return {'wait', healing} end
local turn = redis.call('get', KEYS[3])
if turn and turn ~= ARGV[7] then
  return {'wait', math.max(1, redis.call('pttl', KEYS[3]))}
end
local head = redis.call('hmget', KEYS[1], 'seq', 'mark')
if (head[1] or '0') ~= ARGV[2] or (head[2] or '') ~= ARGV[3] then
  if ARGV[8] == '1' then redis.call('set', KEYS[3], ARGV[7], 'px', ARGV[9]) end
  return {'elsewhere', 0}
end
redis.call('xadd', KEYS[2], ARGV[4] .. '-0', 'e', ARGV[6], 'm', ARGV[5])
redis.call('hset', KEYS[1], 'seq', ARGV[4], 'mark', ARGV[5])
if not head[1] then redis.call('hset', KEYS[1], 'drained', 0, 'kept', 0, 'first', 1) end
redis.call('zadd', KEYS[4], 'nx', redis.call('time')[1], ARGV[1])
if turn then redis.call('del', KEYS[3]) end
redis.call('spublish', KEYS[5], ARGV[6])
return {'stored', 0}
"""

ERA = """
-- The server has started, or was emptied, since anybody looked: whoever knows more of a room than it says so now.
-- keys: era, healing, channel
-- argv: era, ms for healing, what followers are told
if redis.call('get', KEYS[1]) == ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[1])
if ARGV[2] ~= '0' then redis.call('set', KEYS[2], '1', 'px', ARGV[2]) end
redis.call('spublish', KEYS[3], ARGV[3])
return 1
"""

MEND = """
-- keys: head, entries, pending, channel
-- argv: room, on.seq, on.mark, what followers are told, and for each entry: seq, mark, the entry
local head = redis.call('hmget', KEYS[1], 'seq', 'mark')
if (head[1] or '0') ~= ARGV[2] or (head[2] or '') ~= ARGV[3] then return 'elsewhere' end
for nth = 5, #ARGV, 3 do
  redis.call('xadd', KEYS[2], ARGV[nth] .. '-0', 'e', ARGV[nth + 2], 'm', ARGV[nth + 1])
end
redis.call('hset', KEYS[1], 'seq', ARGV[#ARGV - 2], 'mark', ARGV[#ARGV - 1])
if not head[1] then redis.call('hset', KEYS[1], 'drained', 0, 'kept', 0, 'first', 1) end
redis.call('zadd', KEYS[3], 'nx', redis.call('time')[1], ARGV[1])
redis.call('spublish', KEYS[4], ARGV[4])
return 'mended'
"""

READ = """
-- keys: head, entries, checkpoint
-- argv: from which seq ('': from the checkpoint's), at most how many entries (0: all), "1": the checkpoint as well
local head = redis.call('hmget', KEYS[1], 'seq', 'mark')
local kept = ARGV[3] == '1' and redis.call('hmget', KEYS[3], 'seq', 'mark', 'body') or {}
local from = ARGV[1] == '' and (kept[1] or '0') or ARGV[1]
from = from == '0' and '-' or from .. '-0'
local found
if ARGV[2] == '0' then found = redis.call('xrange', KEYS[2], from, '+')
else found = redis.call('xrange', KEYS[2], from, '+', 'count', ARGV[2]) end
local entries = {}
for nth, each in ipairs(found) do entries[nth] = each[2][2] end
return {head[1] or '0', head[2] or '', entries, kept[1] or '', kept[2] or '', kept[3] or ''}
"""

_TRIM = """
local function trim(tail)
  local is = redis.call('hmget', KEYS[1], 'kept', 'drained', 'first')
  local spare = math.min(tonumber(is[1]) - tail, tonumber(is[2]) - 1)
  if spare >= tonumber(is[3]) then
    redis.call('xtrim', KEYS[2], 'minid', (spare + 1) .. '-0')
    redis.call('hset', KEYS[1], 'first', spare + 1)
  end
end
-- 'known', 'trimmed', or 'elsewhere': not on the chain
local function place(seq, mark)
  local first = tonumber(redis.call('hget', KEYS[1], 'first') or 1)
  local found = redis.call('xrange', KEYS[2], seq .. '-0', seq .. '-0')[1]
  if found then return found[2][4] == mark and 'known' or 'elsewhere' end
  return tonumber(seq) > 0 and tonumber(seq) < first and 'trimmed' or 'elsewhere'
end
"""

DRAINED = (
    _TRIM
    + """
-- keys: head, entries, pending
-- argv: room, seq, mark, entries that stay behind a checkpoint
local where = place(ARGV[2], ARGV[3])
if where ~= 'known' then return where end
local is = redis.call('hmget', KEYS[1], 'drained', 'seq')
if tonumber(ARGV[2]) > tonumber(is[1]) then
  redis.call('hset', KEYS[1], 'drained', ARGV[2])
  if ARGV[2] == is[2] then redis.call('zrem', KEYS[3], ARGV[1]) end
  trim(tonumber(ARGV[4]))
end
return where
"""
)

CHECKPOINT = (
    _TRIM
    + """
-- keys: head, entries, checkpoint
-- argv: seq, mark, the state, entries that stay behind it
local where = place(ARGV[1], ARGV[2])
if where == 'known' and tonumber(ARGV[1]) > tonumber(redis.call('hget', KEYS[1], 'kept')) then
  redis.call('hset', KEYS[3], 'seq', ARGV[1], 'mark', ARGV[2], 'body', ARGV[3])
  redis.call('hset', KEYS[1], 'kept', ARGV[1])
  trim(tonumber(ARGV[4]))
end
return where
"""
)

RESTART = """
-- keys: head, entries, checkpoint, turn, pending, channel
-- argv: room, seq, mark, the entry, the state, what the others are told; without an entry nothing is left
-- and: "1": only from the seq and mark that follow
if ARGV[7] == '1' then
  local head = redis.call('hmget', KEYS[1], 'seq', 'mark')
  if (head[1] or '0') ~= ARGV[8] or (head[2] or '') ~= ARGV[9] then return 'elsewhere' end
end
redis.call('del', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
redis.call('zrem', KEYS[5], ARGV[1])
if ARGV[4] ~= '' then
  redis.call('xadd', KEYS[2], ARGV[2] .. '-0', 'e', ARGV[4], 'm', ARGV[3])
  redis.call('hset', KEYS[1], 'seq', ARGV[2], 'mark', ARGV[3], 'drained', ARGV[2], 'kept', ARGV[2], 'first', ARGV[2])
  redis.call('hset', KEYS[3], 'seq', ARGV[2], 'mark', ARGV[3], 'body', ARGV[5])
end
redis.call('spublish', KEYS[6], ARGV[6])
return 'done'
"""
