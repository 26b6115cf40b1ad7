-- Asks the addresses of the file named by WAYPOST_BENCH_URLS in turn; prints one line of figures.
local urls = {}
for line in io.lines(os.getenv("WAYPOST_BENCH_URLS")) do urls[#urls + 1] = line end
local at = 0

function request()
  at = at % #urls + 1
  return wrk.format("GET", urls[at])
end

function done(summary, latency)
  local errors = summary.errors
  local bad = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("FIGURES %.1f %.3f %.3f %d\n",
    summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, bad))
end
