package dev.candles.job.codec;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.EmptyInterval;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.Reject;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.ReplayedParts;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.finality.TradeJoin;
import dev.candles.core.finality.Version;
import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthNews;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.health.HealthState;
import dev.candles.core.health.KeptHealth;
import dev.candles.core.health.Transition;
import dev.candles.core.health.Trouble;
import dev.candles.core.health.VenueHealth;
import dev.candles.core.repair.Confirmation;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.Reconfirmation;
import dev.candles.core.repair.TradeFetch;
import dev.candles.core.watch.WatchNews;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of every kind, each field with a value of its own. */
final class Samples {
  private static final StreamKey STREAM = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final StreamKey LARGER = STREAM.in(Timeframe.H1);
  private static final long T0 = 1_767_571_200_000L;
  private static final long[] RANGES = {T0, T0 + 60_000, T0 + 180_000, T0 + 240_000};

  static final Candle BARE =
      new Candle(
          STREAM,
          T0,
          new Ohlc(1, 4, 0.5, 2),
          Volumes.ofBase(3),
          TradeRange.UNKNOWN,
          Provenance.first(Evidence.REST, "", T0));
  static final Candle FULL =
      new Candle(
          STREAM,
          T0,
          new Ohlc(1.5, 4.5, 0.25, 2.5),
          new Volumes(3.5, 7.5, 1.25),
          new TradeRange(8L, 9L, 10L),
          new Provenance(Evidence.TRADE_CHAIN, "ws", 2, 11));

  private static final MissingTrades HOLE = new MissingTrades(T0, T0 + 60_000, 5, 9);
  private static final StreamBootstrap LAKE =
      new StreamBootstrap(
          T0 - 60_000,
          T0 + 240_000,
          RANGES,
          new long[] {T0 + 60_000, T0 + 120_000},
          new long[0],
          12,
          T0 - 600_000,
          "XBT/USD",
          Evidence.VENUE_FLAG,
          List.of(BARE, FULL));
  private static final ConnectionEvent LINK = new ConnectionEvent("kraken", 3, true, T0, "no pong");
  private static final Reject REJECT =
      new Reject(
          T0,
          "okx",
          "BTC-USDT",
          "candle1m",
          RejectReason.values()[0],
          "what",
          "{\"a\":\"\u00e9\"}");
  private static final ReplayedParts REPLAYED =
      new ReplayedParts(LARGER, T0, List.of(FULL, BARE), RANGES);
  private static final List<LiveEvent> LIVE =
      List.of(
          new LiveEvent.Announced(STREAM, LAKE),
          new CompletedInterval(FULL, false, true),
          new LiveEvent.Silent(STREAM, T0 + 60_000, new EmptyInterval(77, true)),
          new LiveEvent.Late(STREAM, HOLE),
          new LiveEvent.Clock(STREAM, T0 + 60_000),
          new LiveEvent.Interrupted(STREAM, T0 - 1));
  private static final List<LedgerEvent> LEDGER =
      List.of(
          new LedgerEvent.Announced(STREAM, LAKE),
          new LedgerEvent.Final(FULL),
          new LedgerEvent.Missing(STREAM, T0, T0 + 60_000, Reason.SKIPPED),
          new LedgerEvent.Filled(STREAM, T0, T0 + 60_000, Evidence.REST),
          new LedgerEvent.Empty(STREAM, T0, T0 + 60_000, Evidence.TRADE_CHAIN),
          new LedgerEvent.Unrecoverable(STREAM, T0, T0 + 60_000, Reason.NO_PROOF));
  private static final List<AcceptedEvent> ACCEPTED =
      Stream.concat(
              LEDGER.stream()
                  .filter(AcceptedEvent.class::isInstance)
                  .map(AcceptedEvent.class::cast),
              Stream.of(new AcceptedEvent.Changed(BARE)))
          .toList();

  static final GapState GAP =
      new GapState(
          STREAM,
          T0,
          RANGES,
          Reason.HISTORY,
          T0 + 1,
          true,
          new long[] {T0, T0 + 60_000},
          4,
          T0 + 5,
          new GapState.Lasting(RANGES, 6, T0 + 7),
          true);

  static final KeptHealth KEPT_HEALTH =
      new KeptHealth(
          1_000,
          new VenueHealth.Snapshot(
              HealthState.DOWN,
              2_000,
              5,
              2_100,
              List.of(new VenueHealth.Failure(1_500, FailureReason.TIMEOUT)),
              new Trouble(1_400, 1_900, true, false),
              new Trouble(1_100, 1_200, false, true)),
          List.of(
              new Transition(
                  4,
                  HealthState.HEALTHY,
                  HealthState.DEGRADED,
                  3,
                  FailureReason.CONNECTION_ERROR,
                  false,
                  8),
              new Transition(5, HealthState.DOWN, HealthState.HEALTHY, 0, null, true, 9)));

  private static final List<RepairEvent> REPAIR =
      List.of(
          RepairEvent.announced(STREAM, LAKE),
          new RepairEvent.Gap(STREAM, RANGES, Reason.NOT_CLOSED),
          new RepairEvent.Reconfirm(STREAM, T0, T0 + 60_000, null),
          new RepairEvent.Reconfirm(STREAM, T0, T0 + 60_000, FULL),
          new RepairEvent.Trades(STREAM, HOLE),
          new RepairEvent.Joined(STREAM, T0, 42),
          new RepairEvent.Confirm(STREAM, T0, T0 + 120_000));

  private Samples() {}

  /** By codec. */
  private static final List<FeedEvent> FEED =
      Stream.concat(
              LIVE.stream(),
              Stream.of(
                  new FeedEvent.Larger(LARGER, LAKE),
                  REPLAYED,
                  LINK,
                  REJECT,
                  new FeedEvent.ClockOffset("okx", 1, 90_000)))
          .toList();

  static Map<Codec<?>, List<?>> all() {
    return Map.ofEntries(
        Map.entry(Codecs.CANDLE, List.of(BARE, FULL)),
        Map.entry(
            Codecs.COVERAGE,
            List.of(
                row(IntervalState.MISSING, Reason.SKIPPED, null),
                row(IntervalState.VERIFIED_EMPTY, Reason.NONE, Evidence.REST))),
        Map.entry(Codecs.LIVE, LIVE),
        Map.entry(Codecs.FEED, FEED),
        Map.entry(Codecs.LINK, List.of(LINK)),
        Map.entry(
            Codecs.HEALTH,
            List.of(
                HealthSignal.of(LINK),
                HealthSignal.of(ConnectionEvent.begun("okx", 1, T0)),
                new HealthSignal("okx", HealthSignal.REST, FailureReason.CONNECTION_ERROR, T0))),
        Map.entry(Codecs.KEPT_HEALTH, List.of(KEPT_HEALTH, KeptHealth.fresh(T0))),
        Map.entry(
            Codecs.HEALTH_NEWS,
            List.of(
                new HealthNews.Standing("okx", HealthState.DOWN, true),
                new HealthNews.Counted("kraken", 7, 5))),
        Map.entry(
            Codecs.WATCH_NEWS,
            List.of(
                new WatchNews.Gaps("okx", "okx/BTC-USDT/1m", 1, 3, 2, WatchNews.Gaps.NONE, 4),
                new WatchNews.Clock("okx", 2, -90_000))),
        Map.entry(Codecs.REJECT, List.of(REJECT)),
        Map.entry(Codecs.LEDGER, LEDGER),
        Map.entry(Codecs.ACCEPTED, ACCEPTED),
        Map.entry(
            Codecs.ROLLUP,
            List.of(
                new RollupEvent.Announced(LARGER),
                REPLAYED,
                new RollupEvent.Base(LARGER, ACCEPTED.get(1)))),
        Map.entry(Codecs.REPAIR, REPAIR),
        Map.entry(Codecs.VERSION, List.of(Version.of(BARE), Version.of(FULL))),
        Map.entry(Codecs.JOINT, List.of(new TradeJoin.Joint(T0, 42))),
        Map.entry(Codecs.GAP, List.of(GAP)),
        Map.entry(
            Codecs.RECHECK,
            List.of(
                new Reconfirmation("a", STREAM, RANGES, null, null, 3, T0),
                new Reconfirmation("b", STREAM, RANGES, FULL, List.of(BARE), 4, T0))),
        Map.entry(Codecs.CONFIRMATION, List.of(new Confirmation(STREAM, RANGES, 2, T0))),
        Map.entry(Codecs.SPAN, List.of(new TradeFetch(STREAM, HOLE, 2, T0))),
        Map.entry(Codecs.ANNOUNCEMENT, List.of(LAKE)),
        Map.entry(Codecs.HOLE, List.of(HOLE)),
        Map.entry(Codecs.REPLAYED, List.of(REPLAYED)));
  }

  private static CoverageRow row(IntervalState state, Reason reason, @Nullable Evidence evidence) {
    return new CoverageRow(STREAM, T0, T0 + 60_000, state, reason, evidence, 5, T0 + 6);
  }
}
