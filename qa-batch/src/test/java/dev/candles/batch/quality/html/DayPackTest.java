package dev.candles.batch.quality.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.StreamAccount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DayPackTest {
  private static final long DAY = SampleLake.START + SampleLake.DAY;
  private static final StreamAccount MINUTES = SampleLake.accounts().get(0);

  /** The values of each field, as they stand. */
  private static Map<String, List<String>> unpack(String pack) throws IOException {
    byte[] zipped = Base64.getDecoder().decode(pack);
    Map<String, List<String>> fields = new HashMap<>();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped));
        JsonParser json = new JsonFactory().createParser(in)) {
      String field = "";
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          field = json.currentName();
        } else if (token.isScalarValue()) {
          fields.computeIfAbsent(field, key -> new ArrayList<>()).add(json.getText());
        }
      }
    }
    return fields;
  }

  @Test
  void everyPriceAndTimeComesBack() throws IOException {
    List<Candle> candles = new SampleLake().candles(MINUTES.stream(), DAY, DAY + SampleLake.DAY);
    Map<String, List<String>> fields = unpack(DayPack.of(MINUTES, DAY, candles));

    assertThat(fields.get("decimals")).containsExactly("2");
    assertThat(fields.get("slot")).hasSize(candles.size()).hasSize(1_440 - 120);
    long slot = 0;
    long close = 0;
    for (int i = 0; i < candles.size(); i++) {
      slot += Long.parseLong(fields.get("slot").get(i));
      long open = close + Long.parseLong(fields.get("open").get(i));
      close = open + Long.parseLong(fields.get("body").get(i));
      Candle candle = candles.get(i);
      assertThat(DAY + slot * SampleLake.MINUTE).isEqualTo(candle.openTimeMs());
      assertThat(open / 100.0).isEqualTo(candle.open());
      assertThat(close / 100.0).isEqualTo(candle.close());
      long above = Long.parseLong(fields.get("above").get(i));
      long below = Long.parseLong(fields.get("below").get(i));
      assertThat((Math.max(open, close) + above) / 100.0).isEqualTo(candle.high());
      assertThat((Math.min(open, close) - below) / 100.0).isEqualTo(candle.low());
      double volume = Double.parseDouble(fields.get("volume").get(i));
      assertThat(volume).isCloseTo(candle.volume(), within(candle.volume()));
    }
  }

  /** What readers accept though no venue says it; the checks find it. */
  @Test
  void aVolumeThatIsNoNumberIsNothing() throws IOException {
    Candle one = new SampleLake().candles(MINUTES.stream(), DAY, DAY + SampleLake.MINUTE).get(0);
    List<Candle> candles = new ArrayList<>();
    for (double volume : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 2.5}) {
      Volumes volumes = new Volumes(volume, null, null);
      candles.add(
          new Candle(
              one.stream(),
              one.openTimeMs(),
              one.prices(),
              volumes,
              one.trades(),
              one.provenance()));
    }
    assertThat(unpack(DayPack.of(MINUTES, DAY, candles)).get("volume"))
        .containsExactly("0", "0", "2.5");
  }

  private static Offset<Double> within(double volume) {
    return Offset.offset(volume * 1e-5);
  }

  @Test
  void whatIsProvenEmptyIsOfTheDayAndHasItsEvidence() throws IOException {
    assertThat(unpack(DayPack.of(MINUTES, DAY, List.of())).get("empty"))
        .containsExactly("180", "60", "TRADE_CHAIN");
    assertThat(unpack(DayPack.of(MINUTES, SampleLake.START, List.of())).get("empty")).isNull();
  }
}
