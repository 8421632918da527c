package dev.candles.batch.quality.check;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.Intervals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Check 9: candle n+1 begins with the id after the last one of candle n, whoever made the two of
 * them. Trades may lie a little across an interval's end, so candles whose ids overlap are counted
 * together: as many trades as ids. More trades than ids are wrong whatever is beside them; fewer
 * are only where no trade can lie in a minute that is not known.
 *
 * <p>Whether minutes between two candles are proven empty is not known here: what depends on it is
 * a {@link ConditionalFinding}. Whether a cluster that reaches the border of the day has too few
 * trades is judged beside the next day, see {@link ChainBorder}. A break that candles nearby
 * explain, see {@link ChainDoubt}, is none.
 */
public final class ChainCheck {
  /** What is beside a cluster, and so whether its trades can be counted. */
  private enum Joint {
    /** The next id. */
    CLEAN,
    /** Another id or none, and no candle at all in the interval beside it. */
    APART,
    /** The border of the day. */
    BORDER,
    /** A candle that does not tell its ids, or is wrong in itself. */
    BLIND
  }

  private static final Intervals NOTHING = Intervals.empty();

  private final Day day;
  private final long stepMs;
  private final List<ChainDoubt> doubts = new ArrayList<>();
  private final List<CandleIds> spans = new ArrayList<>();
  private @Nullable Candle last;
  private @Nullable Candle first;
  private boolean firstHasIds;
  private boolean lastHasIds;
  private long minId;
  private long maxId;
  private long trades;
  private boolean countable;
  private boolean rebuilt;
  private boolean open;
  private boolean isFirst;
  private Joint begin = Joint.BLIND;
  private Intervals needed = NOTHING;
  private Cluster head = Cluster.NONE;
  private Cluster tail = Cluster.NONE;
  private long clusterOpenMs;
  private long pairs;
  private long without;

  private ChainCheck(Day day) {
    this.day = day;
    this.stepMs = day.partition().stream().timeframe().millis();
  }

  /** The chain of a day of the base timeframe. */
  public static Chain of(Day day) {
    ChainCheck check = new ChainCheck(day);
    for (Candle candle : day.current()) {
      check.take(candle);
    }
    return check.end();
  }

  private void take(Candle candle) {
    Long firstId = candle.firstTradeId();
    Long lastId = candle.lastTradeId();
    Candle before = last;
    boolean hasIds = firstId != null && lastId != null;
    if (before == null) {
      firstHasIds = hasIds;
    }
    if (firstId != null && lastId != null) {
      spans.add(CandleIds.of(candle.openTimeMs(), firstId, lastId, told(candle)));
    }
    if (firstId == null || lastId == null) {
      without += before == null ? 0 : 1;
      close(beside(before, candle), between(before, candle));
    } else if (before == null) {
      Joint joint = atStart(candle);
      begin(candle, firstId, lastId, joint, joint == Joint.APART ? before(candle) : NOTHING);
    } else if (!lastHasIds || unsoundBetween(before, candle)) {
      without++;
      close(beside(before, candle), between(before, candle));
      begin(candle, firstId, lastId, beside(before, candle), between(before, candle));
    } else {
      pairs++;
      follow(before, candle, firstId, lastId);
    }
    if (hasIds && first == null) {
      first = candle;
    }
    last = candle;
    lastHasIds = hasIds;
  }

  private void follow(Candle before, Candle candle, long firstId, long lastId) {
    Intervals between = between(before, candle);
    if (firstId == maxId + 1) {
      close(Joint.CLEAN, NOTHING);
      begin(candle, firstId, lastId, Joint.CLEAN, NOTHING);
    } else if (firstId > maxId + 1) {
      String value = Chain.hole(maxId, firstId, between.length());
      ConditionalFinding hole = doubt(FindingType.CHAIN_HOLE, candle.openTimeMs(), value, between);
      doubts.add(new ChainDoubt(hole, before.openTimeMs(), minId, lastId)); // and its neighbours
      close(Joint.APART, between);
      begin(candle, firstId, lastId, Joint.APART, between);
    } else if (lastId < minId) {
      String value = String.format(Locale.ROOT, "id %d after %d", firstId, maxId);
      ConditionalFinding back = doubt(FindingType.CHAIN_BACK, candle.openTimeMs(), value, NOTHING);
      doubts.add(ChainDoubt.in(back, firstId, maxId));
      close(Joint.BLIND, between);
      begin(candle, firstId, lastId, Joint.BLIND, between);
    } else {
      minId = Math.min(minId, firstId);
      maxId = Math.max(maxId, lastId);
      add(candle);
    }
  }

  private void begin(Candle candle, long firstId, long lastId, Joint joint, Intervals known) {
    minId = firstId;
    maxId = lastId;
    trades = 0;
    countable = true;
    rebuilt = true;
    open = true;
    isFirst = last == null;
    begin = joint;
    needed = known;
    clusterOpenMs = candle.openTimeMs();
    add(candle);
  }

  private void add(Candle candle) {
    long count = told(candle);
    trades += count == CandleIds.UNTOLD ? 0 : count;
    rebuilt &= candle.evidence() == Evidence.REST_TRADES;
    countable &= count != CandleIds.UNTOLD;
  }

  /** How many trades a candle is made of. */
  private static long told(Candle candle) {
    Long count = candle.tradeCount();
    return count != null && ofTrades(candle.evidence()) ? count : CandleIds.UNTOLD;
  }

  private static boolean ofTrades(Evidence evidence) {
    return evidence == Evidence.TRADE_CHAIN || evidence == Evidence.REST_TRADES;
  }

  /**
   * Between two clean joints there are as many trades as ids. What was rebuilt by id must add up
   * apart from others too; of other candles a trade may lie in a minute that is not known.
   */
  private void close(Joint end, Intervals known) {
    if (!open) {
      return;
    }
    open = false;
    boolean apart = begin == Joint.APART || end == Joint.APART;
    boolean blind = begin == Joint.BLIND || end == Joint.BLIND;
    boolean border = begin == Joint.BORDER || end == Joint.BORDER;
    Intervals both = needed.union(known);
    Cluster cluster = cluster(border, !blind && !border && (rebuilt || !apart), both);
    if (cluster.hasTooFew()) {
      ConditionalFinding count =
          doubt(FindingType.CHAIN_COUNT, clusterOpenMs, cluster.value(), both);
      doubts.add(ChainDoubt.in(count, minId, maxId));
    }
    if (isFirst) {
      head = edge(begin, end, known);
    }
  }

  /** What a day beside this one sees: it knows the outer joint itself. */
  private Cluster edge(Joint outer, Joint inner, Intervals known) {
    boolean counts = inner == Joint.CLEAN || (inner == Joint.APART && rebuilt);
    return cluster(outer == Joint.BORDER, counts, known);
  }

  private Cluster cluster(boolean atBorder, boolean counts, Intervals known) {
    return new Cluster(
        clusterOpenMs,
        minId,
        maxId,
        trades,
        atBorder,
        countable && counts,
        rebuilt,
        known.toArray());
  }

  private Joint beside(@Nullable Candle before, Candle candle) {
    return before != null
            && before.endTimeMs() < candle.openTimeMs()
            && !unsoundBetween(before, candle)
        ? Joint.APART
        : Joint.BLIND;
  }

  private static Intervals between(@Nullable Candle before, Candle candle) {
    return before == null ? NOTHING : Intervals.of(before.endTimeMs(), candle.openTimeMs());
  }

  private Joint atStart(Candle candle) {
    boolean atBorder = candle.openTimeMs() == day.partition().fromMs();
    return atBorder ? Joint.BORDER : beside(candle.openTimeMs() - stepMs);
  }

  private Joint atEnd(Candle candle) {
    boolean atBorder = candle.endTimeMs() == day.partition().toMs();
    return atBorder ? Joint.BORDER : beside(candle.endTimeMs());
  }

  private Joint beside(long openMs) {
    return day.isSound(openMs) ? Joint.APART : Joint.BLIND;
  }

  private static Intervals before(Candle candle) {
    long stepMs = candle.endTimeMs() - candle.openTimeMs();
    return Intervals.of(candle.openTimeMs() - stepMs, candle.openTimeMs());
  }

  private static Intervals after(Candle candle) {
    long stepMs = candle.endTimeMs() - candle.openTimeMs();
    return Intervals.of(candle.endTimeMs(), candle.endTimeMs() + stepMs);
  }

  private boolean unsoundBetween(Candle before, Candle candle) {
    for (long open = before.endTimeMs(); open < candle.openTimeMs(); open += stepMs) {
      if (!day.isSound(open)) {
        return true;
      }
    }
    return false;
  }

  private ConditionalFinding doubt(FindingType kind, long openMs, String value, Intervals known) {
    String stream = day.partition().stream().id();
    Finding finding = new Finding(kind, stream, day.fileOf(openMs), openMs, value);
    return new ConditionalFinding(finding, stream, known.toArray());
  }

  private List<ChainDoubt> breaks() {
    IdsOfCandles all = IdsOfCandles.of(spans);
    Stream<ChainDoubt> broken = doubts.stream().filter(doubt -> !all.explain(doubt));
    return Stream.concat(broken, all.crowded().stream().map(this::tooMany)).toList();
  }

  private ChainDoubt tooMany(CandleIds ids) {
    FindingType kind = FindingType.CHAIN_COUNT;
    return ChainDoubt.certain(doubt(kind, ids.firstOpenMs(), ids.value(), NOTHING));
  }

  /**
   * What is broken near a midnight is told by candles twice as far away, or by the one before a
   * silence. Those between both ends are one that explains nothing: what shares ids with them is
   * this day's own to explain.
   */
  private List<CandleIds> edges() {
    int size = spans.size();
    int end = Math.toIntExact(2 * ChainDoubt.NEAR_MS / stepMs) + 1;
    if (size <= 2 * end) {
      return List.copyOf(spans);
    }
    List<CandleIds> edges = new ArrayList<>(spans.subList(0, end));
    CandleIds rest = spans.get(end);
    for (CandleIds span : spans.subList(end, size - end)) {
      rest = rest.with(span);
    }
    edges.add(rest.untold());
    edges.addAll(spans.subList(size - end, size));
    return List.copyOf(edges);
  }

  private Chain end() {
    Candle begun = first;
    Candle finish = last;
    if (begun == null || finish == null) {
      return Chain.NONE;
    }
    if (lastHasIds) {
      Joint joint = atEnd(finish);
      tail = edge(joint, begin, needed);
      close(joint, joint == Joint.APART ? after(finish) : NOTHING);
    }
    Long firstId = begun.firstTradeId();
    return new Chain(
        begun.openTimeMs(),
        firstId == null ? 0 : firstId,
        finish.openTimeMs(),
        maxId,
        day.fileOf(finish.openTimeMs()),
        firstHasIds && day.beginIsSound(),
        lastHasIds && day.endIsSound(),
        head,
        tail,
        pairs,
        without,
        breaks(),
        edges());
  }
}
