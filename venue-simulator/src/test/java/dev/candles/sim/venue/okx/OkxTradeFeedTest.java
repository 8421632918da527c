package dev.candles.sim.venue.okx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.sim.venue.FakeClientSink;
import dev.candles.sim.venue.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

class OkxTradeFeedTest {
  private final OfflineOkx desk = new OfflineOkx();
  private final FakeClientSink outlet = new FakeClientSink();

  @Test
  void aggregatedTradesBeginWithAnOldOneAndCoverAllIds() {
    List<JsonNode> trades = trades(desk.open(outlet), "trades");
    assertThat(trades.get(0).path("ts").asLong()).isLessThan(OfflineOkx.START + 5_000);
    long several = 0;
    for (int i = 1; i < trades.size(); i++) {
      long count = trades.get(i).path("count").asLong();
      assertThat(trades.get(i).path("tradeId").asLong() - count)
          .isEqualTo(trades.get(i - 1).path("tradeId").asLong());
      several += count > 1 ? 1 : 0;
    }
    assertThat(several).isPositive();
    assertThat(trades.get(0).path("seqId").isNumber()).isTrue();
  }

  @Test
  void allTradesComeOneByOne() {
    List<JsonNode> trades = trades(desk.business(outlet), "trades-all");
    for (int i = 1; i < trades.size(); i++) {
      assertThat(trades.get(i).path("tradeId").asLong())
          .isEqualTo(trades.get(i - 1).path("tradeId").asLong() + 1);
    }
    assertThat(trades.get(0).has("count")).isFalse();
  }

  private List<JsonNode> trades(Session session, String channel) {
    session.onText(OfflineOkx.subscribe(channel, OfflineOkx.BTC), desk.now[0]);
    desk.listen(600_000, outlet, session);
    List<JsonNode> trades =
        outlet.take().stream()
            .filter(frame -> frame.contains("\"data\""))
            .map(OfflineOkx::json)
            .map(frame -> frame.path("data").get(0))
            .toList();
    assertThat(trades).hasSizeGreaterThan(50);
    return trades;
  }
}
