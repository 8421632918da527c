package dev.candles.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GapTableTest {
  private static final long MINUTE = 60_000;

  private static GapRecord gap(
      String venue, int minute, IntervalState state, Reason reason, Evidence evidence) {
    return new GapRecord(
        new StreamKey(venue, "BTC-USD", Timeframe.M1),
        minute * MINUTE,
        (minute + 1) * MINUTE,
        state,
        reason,
        evidence,
        reason == Reason.NONE ? 0 : (minute + 2) * MINUTE,
        0);
  }

  @Test
  void everyWordThereIsIsExplained() {
    List<GapRecord> gaps = new ArrayList<>();
    for (Reason reason : Reason.values()) {
      for (Evidence evidence : Evidence.values()) {
        gaps.add(gap("okx", 2 * gaps.size(), IntervalState.FINAL, reason, evidence));
      }
    }
    for (IntervalState state : IntervalState.values()) {
      if (state != IntervalState.THROUGH) {
        gaps.add(gap("okx", 2 * gaps.size(), state, Reason.AWAY, null));
      }
    }
    gaps.add(gap("okx", 2 * gaps.size(), null, Reason.NONE, null));
    Map<String, String> legend =
        new GapTable(gaps, 0)
            .legend().stream()
                .collect(Collectors.toMap(l -> l.split(" {2,}")[0], l -> l.split(" {2,}")[1]));
    for (IntervalState state : IntervalState.values()) {
      assertThat(legend.get(state.name()))
          .isEqualTo(state == IntervalState.THROUGH ? null : state.words());
    }
    for (Reason reason : Reason.values()) {
      assertThat(legend.get(reason.name()))
          .isEqualTo(reason == Reason.NONE ? null : reason.words());
    }
    for (Evidence evidence : Evidence.values()) {
      assertThat(legend).containsEntry(evidence.name(), evidence.words());
    }
    assertThat(legend).containsKeys("UNKNOWN", "by candles");
  }

  @Test
  void onlyWordsThatStandThereAreExplained() {
    List<GapRecord> gaps = List.of(gap("okx", 1, IntervalState.MISSING, Reason.SKIPPED, null));
    assertThat(new GapTable(gaps, 0).legend())
        .containsExactly(
            "MISSING  not known yet, its repair is scheduled",
            "SKIPPED  the feed went on without them");
  }

  @Test
  void theSumOfEachVenueComesFirst() {
    List<GapRecord> gaps =
        List.of(
            gap("kraken", 1, IntervalState.FINAL, Reason.SKIPPED, Evidence.REST),
            gap("kraken", 5, IntervalState.FINAL, Reason.NOT_CLOSED, Evidence.REST),
            gap("kraken", 9, IntervalState.VERIFIED_EMPTY, Reason.NOT_CLOSED, Evidence.REST),
            gap("okx", 1, IntervalState.UNRECOVERABLE, Reason.NO_PROOF, null));
    assertThat(new GapTable(gaps.subList(0, 3), 0).lines())
        .last()
        .isEqualTo("3 gaps, 0 open; all filled");
    GapTable table = new GapTable(gaps, 0);
    assertThat(table.summary())
        .containsExactly(
            "VENUE   GAPS  INTERVALS  FILLED  GIVEN UP  OPEN  REASONS",
            "kraken     3          3       3         0     0  2 NOT_CLOSED, 1 SKIPPED",
            "okx        1          1       0         1     0  1 NO_PROOF");
    assertThat(table.lines()).last().isEqualTo("4 gaps, 0 open");
  }
}
