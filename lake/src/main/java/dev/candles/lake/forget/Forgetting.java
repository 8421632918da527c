package dev.candles.lake.forget;

import dev.candles.core.candle.StreamKey;
import dev.candles.lake.json.Fields;
import dev.candles.lake.json.JsonText;
import dev.candles.lake.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is to be forgotten, once that is decided: whoever finds it on the disk can finish it.
 *
 * @param streams by name
 * @param name of the folder below {@code forgotten/} that they go to
 */
public record Forgetting(List<StreamKey> streams, String name) {
  private static final String FORMAT = "candles-forget-1";
  private static final int MOST_STREAMS = 100_000;
  private static final Pattern NAME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{1,9}");

  /**
   * @throws IllegalArgumentException if there is no stream, or the name is none
   */
  public Forgetting {
    streams = List.copyOf(streams);
    if (streams.isEmpty() || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("streams=" + streams.size() + ", name=" + name);
    }
  }

  byte[] encode() {
    String text =
        JsonText.of(
            json -> {
              json.writeStringField("format", FORMAT);
              json.writeStringField("to", name);
              json.writeArrayFieldStart("streams");
              for (StreamKey stream : streams) {
                json.writeString(stream.id());
              }
              json.writeEndArray();
            });
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads one.
   *
   * @throws IOException if it is none
   */
  static Forgetting decode(byte[] utf8) throws IOException {
    Fields fields = StrictJson.parse(utf8);
    if (!FORMAT.equals(fields.text("format"))) {
      throw new IOException("not of format " + FORMAT);
    }
    String name = fields.text("to");
    List<StreamKey> streams = new ArrayList<>();
    for (String id : fields.texts("streams", MOST_STREAMS)) {
      streams.add(StreamKey.parse(id).orElseThrow(() -> new IOException("not a stream: " + id)));
    }
    fields.end();
    try {
      return new Forgetting(streams, name);
    } catch (IllegalArgumentException e) {
      throw new IOException("makes no sense: " + e.getMessage(), e);
    }
  }
}
