package dev.candles.core.repair;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.proof.Silence;
import dev.candles.core.time.ForwardTime;
import dev.candles.core.time.VenueClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the tasks of one venue share in one attempt besides what is stored: its time, its markets,
 * the order of work and how fast it is asked. A restart begins with a new one.
 */
final class VenueSession {
  final RepairVenue venue;
  final RepairProfile profile;
  final RepairLog log;
  final Claims claims;
  final VenueClock clock;
  final RequestLimiter limiter;
  final WorkLanes lanes = new WorkLanes();

  /** By which the limiter and the lanes wait. */
  final ForwardTime waits = new ForwardTime();

  /** Which stream-days may be written, as it was given with the last requests. */
  StreamDayQuota days = new StreamDayQuota(0);

  private final Map<String, Market> announced = new HashMap<>();

  /** By budget, as each call may have its own. */
  private final Map<String, RowLimit> rowLimits = new HashMap<>();

  /**
   * @param ourMs market time of our clock, epoch ms
   */
  VenueSession(RepairVenue venue, RepairLog log, Claims claims, VenueClock clock, long ourMs) {
    this.venue = venue;
    this.profile = venue.profile();
    this.log = log;
    this.claims = claims;
    this.clock = clock;
    this.limiter = new RequestLimiter(profile, waits.at(ourMs));
  }

  /** The venue's time when our clock shows {@code ourMs}; that it was set back is seen here. */
  long nowMs(long ourMs) {
    clock.ticked(ourMs, waits.at(ourMs));
    return clock.at(ourMs);
  }

  /** What to send for a page of candles of a stream that was announced. */
  RestQuery candles(StreamKey stream, GapState.Page page, long nowMs) {
    return venue.candles(stream, market(stream), page, nowMs);
  }

  /** Of what an answer of candles speaks; what it shows of the venue's pages is learnt. */
  AnswerReach reach(RepairRequest request, RestAnswer said, long nowMs) {
    if (!said.reach().equals(AnswerReach.ALL)) {
      return said.reach();
    }
    RestQuery query = request.query();
    return rowLimits
        .computeIfAbsent(query.budget(), budget -> new RowLimit())
        .take(query, said, settledToMs(nowMs));
  }

  /** How many intervals beside the wanted ones are asked for at most, see {@link RowLimit}. */
  int margin() {
    return rowLimits.values().stream().mapToInt(RowLimit::margin).min().orElse(Integer.MAX_VALUE);
  }

  /** Adds work, or changes when it is due. */
  void schedule(RepairWork work) {
    lanes.put(work);
  }

  /** Intervals that end later have no REST row to be believed yet (market time, epoch ms). */
  long settledToMs(long nowMs) {
    return nowMs - profile.askAfterMs();
  }

  /**
   * What ends by then is older than what the venue keeps (market time, epoch ms). Where trade ids
   * prove, no answer without a proof says so: they are searched for beside it.
   */
  long keptFromMs(long nowMs) {
    boolean forgets = profile.depthMs() > 0 && profile.silence() != Silence.TRADE_IDS;
    return forgets ? nowMs - profile.depthMs() : Long.MIN_VALUE;
  }

  void announced(StreamKey stream, Market market) {
    announced.put(stream.id(), market);
  }

  /** The market of a stream, whatever its timeframe: only what was announced is asked for. */
  Market market(StreamKey stream) {
    return Objects.requireNonNull(
        announced.get(stream.in(Timeframe.BASE).id()), () -> "not announced: stream=" + stream);
  }
}
