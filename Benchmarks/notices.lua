-- Sends every prepared notice once and prints one line of JSON.
local thread_of = nil
local lines = {}
local next_line = 0

function setup(thread)
   thread_of = thread
end

function init(arguments)
   for line in io.lines(arguments[1]) do lines[#lines + 1] = line end
end

function request()
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
   if answered >= #lines then wrk.thread:stop() end
end

function done(summary, latency)
   print(string.format('{"requests":%d,"failed":%d,"seconds":%f,"p50":%f,"p99":%f}', summary.requests,
      thread_of:get("failed") + summary.errors.connect + summary.errors.read + summary.errors.timeout, summary.duration / 1e6,
      latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
