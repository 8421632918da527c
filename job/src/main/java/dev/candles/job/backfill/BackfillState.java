package dev.candles.job.backfill;

import dev.candles.core.repair.OpenGap;
import dev.candles.core.repair.Recheck;
import dev.candles.core.repair.TradeSpan;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.jspecify.annotations.Nullable;

/** Keyed state of one venue's backfill: every open gap, and every open question. */
final class BackfillState {
  private final MapState<String, OpenGap> gaps;
  private final MapState<String, Recheck> rechecks;
  private final MapState<String, TradeSpan> spans;

  BackfillState(RuntimeContext context) {
    gaps = context.getMapState(new MapStateDescriptor<>("gaps", String.class, OpenGap.class));
    rechecks =
        context.getMapState(new MapStateDescriptor<>("rechecks", String.class, Recheck.class));
    spans = context.getMapState(new MapStateDescriptor<>("spans", String.class, TradeSpan.class));
  }

  @Nullable OpenGap gap(String key) throws Exception {
    return gaps.get(key);
  }

  void put(OpenGap gap) throws Exception {
    gaps.put(gap.key(), gap);
  }

  void removeGap(String key) throws Exception {
    gaps.remove(key);
  }

  List<OpenGap> gaps() throws Exception {
    List<OpenGap> all = new ArrayList<>();
    gaps.values().forEach(all::add);
    return all;
  }

  @Nullable Recheck recheck(String key) throws Exception {
    return rechecks.get(key);
  }

  void put(Recheck recheck) throws Exception {
    rechecks.put(recheck.key(), recheck);
  }

  void removeRecheck(String key) throws Exception {
    rechecks.remove(key);
  }

  List<Recheck> rechecks() throws Exception {
    List<Recheck> all = new ArrayList<>();
    rechecks.values().forEach(all::add);
    return all;
  }

  @Nullable TradeSpan span(String key) throws Exception {
    return spans.get(key);
  }

  void put(TradeSpan span) throws Exception {
    spans.put(span.key(), span);
  }

  void removeSpan(String key) throws Exception {
    spans.remove(key);
  }

  List<TradeSpan> spans() throws Exception {
    List<TradeSpan> all = new ArrayList<>();
    spans.values().forEach(all::add);
    return all;
  }
}
