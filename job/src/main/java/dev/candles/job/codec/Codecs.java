package dev.candles.job.codec;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.ConnectionEvent;
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
import dev.candles.core.health.HealthNews;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.health.KeptHealth;
import dev.candles.core.repair.Confirmation;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.Reconfirmation;
import dev.candles.core.repair.TradeFetch;
import dev.candles.core.watch.WatchNews;
import java.util.List;
import java.util.Locale;

/** Every codec. A savepoint names them, so none ever gets another name or another's. */
public final class Codecs {
  public static final Codec<Candle> CANDLE = new CandleCodec();
  public static final Codec<CoverageRow> COVERAGE = new CoverageRowCodec();
  public static final Codec<FeedEvent> FEED = new FeedEventCodec();
  public static final Codec<LiveEvent> LIVE = new LiveEventCodec();
  public static final Codec<ConnectionEvent> LINK = new ConnectionEventCodec();
  public static final Codec<HealthSignal> HEALTH = new HealthSignalCodec();
  public static final Codec<KeptHealth> KEPT_HEALTH = new KeptHealthCodec();
  public static final Codec<HealthNews> HEALTH_NEWS = new HealthNewsCodec();
  public static final Codec<WatchNews> WATCH_NEWS = new WatchNewsCodec();
  public static final Codec<Reject> REJECT = new RejectCodec();
  public static final Codec<LedgerEvent> LEDGER = new LedgerEventCodec();
  public static final Codec<AcceptedEvent> ACCEPTED = new AcceptedEventCodec();
  public static final Codec<RollupEvent> ROLLUP = new RollupEventCodec();
  public static final Codec<RepairEvent> REPAIR = new RepairEventCodec();
  public static final Codec<Version> VERSION = new VersionCodec();
  public static final Codec<TradeJoin.Joint> JOINT = new JointCodec();
  public static final Codec<GapState> GAP = new GapStateCodec();
  public static final Codec<Reconfirmation> RECHECK = new ReconfirmationCodec();
  public static final Codec<TradeFetch> SPAN = new TradeFetchCodec();
  public static final Codec<Confirmation> CONFIRMATION = new ConfirmationCodec();

  static final Codec<StreamBootstrap> ANNOUNCEMENT = new StreamBootstrapCodec();
  static final Codec<MissingTrades> HOLE = new MissingTradesCodec();
  static final Codec<ReplayedParts> REPLAYED = new ReplayedCodec();

  private static final List<Codec<?>> ALL =
      List.of(
          CANDLE,
          COVERAGE,
          FEED,
          LIVE,
          LINK,
          HEALTH,
          KEPT_HEALTH,
          HEALTH_NEWS,
          WATCH_NEWS,
          REJECT,
          LEDGER,
          ACCEPTED,
          ROLLUP,
          REPAIR,
          VERSION,
          JOINT,
          GAP,
          RECHECK,
          SPAN,
          CONFIRMATION,
          ANNOUNCEMENT,
          HOLE,
          REPLAYED);

  private Codecs() {}

  static List<Codec<?>> all() {
    return ALL;
  }

  /**
   * The codec that a savepoint calls so.
   *
   * @throws UnreadableStateException if there is none
   */
  static Codec<?> byName(String name) throws UnreadableStateException {
    for (Codec<?> codec : ALL) {
      if (codec.name().equals(name)) {
        return codec;
      }
    }
    throw new UnreadableStateException(
        String.format(Locale.ROOT, "'%s' is nothing that this build knows", name));
  }

  /**
   * The codec of a type.
   *
   * @throws IllegalArgumentException if there is none
   */
  @SuppressWarnings("unchecked") // found by its type
  public static <T> Codec<T> of(Class<T> type) {
    for (Codec<?> codec : ALL) {
      if (codec.type() == type) {
        return (Codec<T>) codec;
      }
    }
    throw new IllegalArgumentException("no codec: type=" + type.getName());
  }
}
