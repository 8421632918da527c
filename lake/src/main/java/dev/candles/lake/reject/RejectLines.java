package dev.candles.lake.reject;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.candles.core.feed.Reject;
import dev.candles.lake.json.JsonText;
import java.nio.charset.StandardCharsets;

/**
 * Rejects as JSON lines: one object per line, pure ASCII, whatever the outside sent. Half a
 * surrogate pair is not a character and becomes U+FFFD, because readers differ on it.
 */
public final class RejectLines {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private RejectLines() {}

  /** The line of a reject with its line feed, as bytes. */
  public static byte[] encode(Reject reject) {
    return (line(reject) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** The line of a reject, without a line feed. */
  public static String line(Reject reject) {
    return JsonText.of(
        JSON,
        json -> {
          json.writeNumberField("at_ms", reject.atMs());
          json.writeStringField("venue", whole(reject.venue()));
          json.writeStringField("symbol", whole(reject.symbol()));
          json.writeStringField("channel", whole(reject.channel()));
          json.writeStringField("reason", reject.reason().name());
          json.writeStringField("detail", whole(reject.detail()));
          json.writeStringField("frame", whole(reject.frame()));
        });
  }

  private static String whole(String text) {
    StringBuilder fixed = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(fixed::appendCodePoint);
    return fixed.toString();
  }
}
