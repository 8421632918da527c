package dev.candles.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.sources.venue.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they are found: cut short, damaged, foreign, endless. */
class RecordingTest {
  private static final String HEARTBEAT = "{\"channel\":\"heartbeat\"}\n";

  private final Replaying kraken = new Replaying("kraken", Replayed.WS, null);

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] random(int bytes) {
    byte[] noise = new byte[bytes];
    new SplittableRandom(7).nextBytes(noise);
    return noise;
  }

  private JsonValue reject() {
    assertThat(kraken.ofKind("reject")).hasSize(1);
    assertThat(kraken.clean()).isFalse();
    return kraken.ofKind("reject").get(0);
  }

  @Test
  void gzipAndPlainAreTheSame() throws IOException {
    byte[] frames = HEARTBEAT.repeat(3).getBytes(StandardCharsets.UTF_8);
    kraken.bytes(frames).bytes(gzip(frames)).end();

    assertThat(kraken.count("heartbeat")).isEqualTo(6);
    assertThat(kraken.clean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9, 15, 200})
  void aGzipThatIsCutShortIsOneRejectAfterWhatItHolds(int bytes) throws IOException {
    byte[] frames =
        (HEARTBEAT.repeat(20_000) + new String(random(500), StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.UTF_8);
    byte[] whole = gzip(frames);
    kraken.bytes(Arrays.copyOf(whole, Math.min(bytes, whole.length - 300))).end();

    assertThat(reject().field("detail").toString()).startsWith("gzip ends before its end");
    assertThat(kraken.count("heartbeat") > 0).isEqualTo(bytes == 200);
  }

  @Test
  void aDamagedGzipIsOneReject() throws IOException {
    byte[] whole = gzip(random(5_000));
    Arrays.fill(whole, 10, 400, (byte) 0x55);
    kraken.bytes(whole).end();

    assertThat(reject().field("detail").toString()).contains("gzip is damaged");
  }

  @Test
  void aBinaryFileIsOneReject() {
    kraken.bytes(random(50_000)).end();

    assertThat(reject().field("detail").toString()).contains("binary data, expected lines of text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n  \n"})
  void aFileWithNothingInItIsOneReject(String text) {
    kraken.text(text).end();

    assertThat(reject().field("detail").toString()).isEqualTo("nothing in the file");
  }

  @Test
  void anEndlessLineIsOneRejectAndTheNextLineIsRead() {
    kraken.text("{" + "x".repeat(10_000_000) + "}\n" + HEARTBEAT).end();

    assertThat(reject().field("reason").toString()).isEqualTo("TOO_LARGE");
    assertThat(reject().field("line").toString()).isEqualTo("1");
    assertThat(reject().field("frame").toString()).hasSizeLessThan(1_000);
    assertThat(kraken.count("heartbeat")).isEqualTo(1);
  }

  @Test
  void anAnswerOverTooManyLinesIsOneReject() {
    Replaying rest = new Replaying("kraken", Replayed.REST_CANDLES, null);
    rest.text("[\n" + "1,\n".repeat(3_000_000)).end();

    assertThat(rest.lines)
        .singleElement()
        .satisfies(line -> assertThat(line.field("reason").toString()).isEqualTo("TOO_LARGE"));
  }

  @Test
  void linesMayEndAsOnWindowsAndTheLastOneNotAtAll() {
    kraken.text(HEARTBEAT.strip() + "\r\n\r\n" + HEARTBEAT.strip()).end();

    assertThat(kraken.count("heartbeat")).isEqualTo(2);
  }

  @Test
  void aRecordThatIsCutShortNamesItsLine() {
    String record =
        "{\"t\":\"recv\",\"ts\":1767225600.5,\"data\":\"{\\\"channel\\\":\\\"heartbeat\\\"}\"}";
    kraken
        .text(record + "\n" + record.substring(0, 40) + "\n" + record + "\n{\"t\":\"x\"}\n")
        .end();

    assertThat(kraken.count("heartbeat")).isEqualTo(2);
    assertThat(kraken.ofKind("reject"))
        .extracting(line -> line.field("line").toString())
        .containsExactly("2", "4");
  }

  @Test
  void aBinaryFrameIsAReject() {
    kraken.text("{\"t\":\"recv\",\"ts\":1767225600.5,\"b64\":\"H4sI\"}\n").end();

    assertThat(reject().field("detail").toString()).contains("binary frame, expected text");
  }

  @Test
  void whatIsNoFrameIsTheDecodersReject() {
    kraken.text("hello\n" + HEARTBEAT + "12345: {\n").end();

    assertThat(kraken.ofKind("reject"))
        .extracting(line -> line.field("reason").toString())
        .containsExactly("MALFORMED", "MALFORMED");
  }
}
