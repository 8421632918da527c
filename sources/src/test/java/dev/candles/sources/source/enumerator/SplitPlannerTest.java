package dev.candles.sources.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Market;
import dev.candles.sources.source.split.ConnectionSplit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitPlannerTest {
  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyListedSymbolIsOnExactlyOneConnectionInAnyOrderOfTheCatalogue(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> symbols = new ArrayList<>();
    List<Market> listed = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < random.nextInt(60); i++) {
      String symbol = "C" + i + "-USDT";
      symbols.add(symbol);
      if (random.nextBoolean()) {
        listed.add(new Market(symbol, symbol, i));
        expected.add(symbol);
      }
    }
    int perConnection = 1 + random.nextInt(10);
    SplitPlanner.Plan plan = SplitPlanner.plan("okx", symbols, listed, perConnection);
    Collections.shuffle(listed, new Random(seed));

    assertThat(SplitPlanner.plan("okx", symbols, listed, perConnection)).isEqualTo(plan);
    assertThat(plan.splits()).allMatch(split -> split.markets().size() <= perConnection);
    assertThat(plan.splits())
        .extracting(ConnectionSplit::connection)
        .containsExactlyElementsOf(IntStream.range(0, plan.splits().size()).boxed().toList());
    assertThat(plan.splits().stream().flatMap(split -> split.markets().stream()))
        .extracting(Market::symbol)
        .containsExactlyElementsOf(expected);
    assertThat(plan.unlisted()).hasSize(symbols.size() - expected.size());
  }

  @Test
  void aSymbolConfiguredTwiceIsWatchedOnce() {
    List<Market> listed = List.of(new Market("A-B", "A-B", 0));
    assertThat(SplitPlanner.plan("okx", List.of("A-B", "A-B"), listed, 5).splits().get(0).markets())
        .hasSize(1);
  }

  @Test
  void whatWasProbablyMeantIsNamed() {
    List<String> listed = List.of("BTC-USDT", "BTC-USDC", "ETH-USDT", "BTD-USD", "X-Y");

    assertThat(NearestNames.of("BTC-USD", listed))
        .containsExactly("BTC-USDC", "BTC-USDT", "BTD-USD");
    assertThat(NearestNames.of("ZZZZZ-ZZZ", listed)).isEmpty();
  }
}
