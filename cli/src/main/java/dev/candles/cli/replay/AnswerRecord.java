package dev.candles.cli.replay;

import dev.candles.sources.transport.RestResponse;
import dev.candles.sources.venue.JsonValue;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** The fields that recorders put beside the body of a REST answer. */
final class AnswerRecord {
  private static final int MAX_HEADERS = 1_000;

  private AnswerRecord() {}

  /**
   * The answer of a record.
   *
   * @param fields {@code status} and {@code headers} if the recorder wrote them down
   * @param receivedMs epoch ms, UTC, or {@link Recorded#UNKNOWN}
   */
  static Recorded.Answer of(String body, Map<String, String> fields, long receivedMs) {
    String status = fields.getOrDefault("status", "");
    return new Recorded.Answer(
        body,
        status.matches("[1-9][0-9]{2}") ? Integer.parseInt(status) : Recorded.UNKNOWN,
        receivedMs,
        saidMs(fields.getOrDefault("headers", "{}")));
  }

  /** {@code Date} less {@code Age}, as the collector reads them off a live answer. */
  private static long saidMs(String headers) {
    JsonValue json;
    try {
      json = JsonValue.parse(headers, MAX_HEADERS);
    } catch (IOException e) {
      return Recorded.UNKNOWN; // nobody can say what they said
    }
    long dateMs = Recorded.UNKNOWN;
    long ageMs = 0;
    for (Map.Entry<String, JsonValue> header : json.fields().entrySet()) {
      JsonValue value = header.getValue();
      String text = (value.isArray() ? value.element(0) : value).literal().orElse("");
      switch (header.getKey().toLowerCase(Locale.ROOT)) {
        case "date" -> dateMs = RestResponse.dateMs(text);
        case "age" -> ageMs = RestResponse.ageMs(text);
        default -> {
          // says nothing of the answer's age
        }
      }
    }
    return dateMs == Recorded.UNKNOWN ? dateMs : dateMs - ageMs;
  }
}
