SELECT venue, symbol, timeframe, count(*), sum(volume), min(open_time_ms), max(open_time_ms),
  count(quote_volume), sum(quote_volume), count(taker_buy_volume), sum(taker_buy_volume), count(trade_count), sum(trade_count),
  max(last_trade_id), sum(revision), max(evidence), min(date), max(date)
FROM revisions GROUP BY venue, symbol, timeframe
