SELECT venue, symbol, timeframe, state, count(*), min(from_ms), max(to_ms), count(evidence),
  max(seq), min(date), max(date)
FROM coverage GROUP BY venue, symbol, timeframe, state
