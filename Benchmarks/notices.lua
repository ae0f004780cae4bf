-- Sends every prepared notice once, writes the seconds it took into a file beside them, and prints one line of JSON.
local ffi = require("ffi")
ffi.cdef "typedef struct { long seconds; long nanoseconds; } moment; int clock_gettime(int clock, moment *now);"

local function now()
   local moment = ffi.new("moment")
   ffi.C.clock_gettime(1, moment)
   return tonumber(moment.seconds) + tonumber(moment.nanoseconds) / 1e9
end

local thread_of = nil
local lines = {}
local next_line = 0

function setup(thread)
   thread_of = thread
end

function init(arguments)
   finished = arguments[1] .. ".seconds"
   for line in io.lines(arguments[1]) do lines[#lines + 1] = line end
end

function request()
   started = started or now()
   next_line = next_line + 1
   local line = lines[next_line] or lines[#lines]
   local id, time, signature, body = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)")
   return wrk.format("POST", nil, {
      ["content-type"] = "application/json", ["webhook-id"] = id, ["webhook-timestamp"] = time, ["webhook-signature"] = "v1," .. signature,
   }, body)
end

answered = 0
failed = 0

function response(status)
   answered = answered + 1
   if status ~= 204 then failed = failed + 1 end
   if answered == #lines then
      local file = io.open(finished .. ".new", "w")
      file:write(string.format("%f", now() - started))
      file:close()
      os.rename(finished .. ".new", finished)
      wrk.thread:stop()
   end
end

function done(summary, latency)
   print(string.format('{"answered":%d,"failed":%d,"p50":%f,"p99":%f}', thread_of:get("answered"),
      thread_of:get("failed") + summary.errors.connect + summary.errors.read + summary.errors.timeout,
      latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
