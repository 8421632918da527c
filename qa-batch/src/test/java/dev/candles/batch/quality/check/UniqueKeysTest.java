package dev.candles.batch.quality.check;

import static dev.candles.batch.quality.check.Rows.day;
import static dev.candles.batch.quality.check.Rows.priced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.parquet.RawCandle;
import java.util.List;
import org.junit.jupiter.api.Test;

class UniqueKeysTest {
  private static List<FindingType> kinds(RawCandle... rows) {
    Findings findings = new Findings();
    new UniqueKeys().check(day(rows), findings);
    return findings.kept().stream().map(Finding::kind).toList();
  }

  @Test
  void aKeyThatComesOnceIsNoFinding() {
    assertThat(kinds(priced(0, 1, 1, 1, 1), priced(1, 1, 1, 1, 1))).isEmpty();
  }

  @Test
  void aKeyThatComesAgainIsADuplicateOrAConflict() {
    assertThat(kinds(priced(0, 1, 1, 1, 1), priced(0, 1, 1, 1, 1)))
        .containsExactly(FindingType.DUPLICATE);
    assertThat(kinds(priced(0, 1, 1, 1, 1), priced(0, 2, 2, 2, 2)))
        .containsExactly(FindingType.CONFLICT);
  }

  @Test
  void aRowThatWasOnlyReceivedAtAnotherTimeIsADuplicate() {
    RawCandle first = priced(0, 1, 1, 1, 1);
    assertThat(kinds(first, first.receivedAt(7))).containsExactly(FindingType.DUPLICATE);
  }

  @Test
  void aKeyThatComesAgainLaterIsFoundToo() {
    RawCandle first = priced(0, 1, 1, 1, 1);
    assertThat(kinds(first, priced(1, 1, 1, 1, 1), priced(2, 1, 1, 1, 1), first))
        .containsExactly(FindingType.DUPLICATE);
  }

  @Test
  void everyFurtherRowOfAKeyIsAFinding() {
    assertThat(kinds(priced(0, 1, 1, 1, 1), priced(0, 1, 1, 1, 1), priced(0, 1, 1, 1, 1)))
        .hasSize(2);
  }
}
