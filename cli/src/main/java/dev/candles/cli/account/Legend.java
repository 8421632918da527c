package dev.candles.cli.account;

import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the code words of an output mean, a line each; those that stand in it. Pure. */
final class Legend {
  private final Map<String, String> meanings = new LinkedHashMap<>();

  void add(@Nullable IntervalState state) {
    add(IntervalState.nameOf(state), IntervalState.wordsOf(state));
  }

  /** Of {@link Reason#NONE} nothing is to be said: it is shown as none. */
  void add(Reason reason) {
    if (reason != Reason.NONE) {
      add(reason.name(), reason.words());
    }
  }

  void add(@Nullable Evidence evidence) {
    if (evidence != null) {
      add(evidence.name(), evidence.words());
    }
  }

  void add(String word, String meaning) {
    meanings.put(word, meaning);
  }

  /** The lines to print. */
  List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    meanings.forEach((word, meaning) -> rows.add(List.of(word, meaning)));
    return Columns.align(rows, List.of());
  }
}
