package dev.candles.cli.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.candles.sources.venue.JsonValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms in which a recorder wraps what it heard: {@code 1: <time>: <frame>}, with {@code
 * <address> <-> <time>} and {@code <address> <- <time>: <message>}; {@code 2:} a JSON object with
 * the field {@code t}; and a REST answer as {@code body} beside its question.
 */
final class RecordLine {
  /** Whatever is longer than this is not wrapped: bytes of a line. */
  static final int MAX_BYTES = 4 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxNameLength(JsonValue.MAX_NAME_CHARS)
                  .maxStringLength(MAX_BYTES)
                  .maxNumberLength(64)
                  .build())
          .build();

  private static final Set<String> RECORD =
      Set.of("t", "ts", "data", "body", "status", "headers", "b64", "addr");
  private static final Set<String> BESIDE_BODY =
      Set.of("body", "recv_ts", "ts", "status", "headers");
  private static final Set<String> KINDS = Set.of("header", "http", "connect", "send", "recv");
  private static final Pattern RECEIVED = Pattern.compile("(\\d{9,11}(?:\\.\\d{1,12})?): ?");
  private static final Pattern CONNECTED =
      Pattern.compile("(wss?://\\S{1,500}|\\S{1,200}) <-> \\d{9,11}(?:\\.\\d{1,12})?\\s*");
  private static final Pattern SENT =
      Pattern.compile("(?:wss?://\\S{1,500}|\\S{1,200}) <- \\d{9,11}(?:\\.\\d{1,12})?: ?");

  private RecordLine() {}

  /** A line of form 1, or empty if it is none. */
  static Optional<Recorded> formOne(String line) {
    char first = line.isEmpty() ? '{' : line.charAt(0);
    if (first == '{' || first == '[') {
      return Optional.empty();
    }
    Matcher received = RECEIVED.matcher(line);
    if (received.lookingAt()) {
      return Optional.of(
          new Recorded.Frame(line.substring(received.end()), millis(received.group(1))));
    }
    Matcher connected = CONNECTED.matcher(line);
    if (connected.matches()) {
      return Optional.of(new Recorded.Connected(connected.group(1)));
    }
    Matcher sent = SENT.matcher(line);
    if (sent.lookingAt()) {
      return Optional.of(new Recorded.Sent(line.substring(sent.end())));
    }
    return line.startsWith("configuration: ") ? Optional.of(new Recorded.Note()) : Optional.empty();
  }

  /**
   * A line of form 2, or empty if it is none.
   *
   * @throws IOException if it is not JSON
   */
  static Optional<Recorded> formTwo(String line) throws IOException {
    Map<String, String> fields = fields(line, RECORD);
    String kind = fields.getOrDefault("t", "");
    if (!KINDS.contains(kind)) {
      return Optional.empty();
    }
    String data = fields.getOrDefault("data", fields.get("body"));
    if (data == null && fields.containsKey("b64")) {
      return Optional.of(new Recorded.Unreadable(false, "binary frame, expected text", line));
    }
    long atMs = millis(fields.getOrDefault("ts", ""));
    return Optional.of(
        switch (kind) {
          case "header" -> new Recorded.Note();
          case "connect" -> new Recorded.Connected(fields.getOrDefault("addr", ""));
          default ->
              data == null
                  ? new Recorded.Unreadable(false, "record without data or body: t=" + kind, line)
                  : carried(kind, data, fields, atMs);
        });
  }

  private static Recorded carried(String kind, String data, Map<String, String> fields, long atMs) {
    return switch (kind) {
      case "send" -> new Recorded.Sent(data);
      case "http" -> AnswerRecord.of(data, fields, atMs);
      default -> new Recorded.Frame(data, atMs);
    };
  }

  /** A REST answer, taken out of the object that tells its question too, if it is in one. */
  static Recorded.Answer answer(String text) {
    Map<String, String> fields = Map.of();
    if (text.contains("\"body\"")) {
      try {
        fields = fields(text, BESIDE_BODY);
      } catch (IOException e) {
        fields = Map.of(); // the decoder says what is wrong with it
      }
    }
    String body = fields.get("body");
    return body == null
        ? AnswerRecord.of(text, Map.of(), Recorded.UNKNOWN)
        : AnswerRecord.of(
            body, fields, millis(fields.getOrDefault("recv_ts", fields.getOrDefault("ts", ""))));
  }

  /** Some fields of an object: of strings and numbers the text, of anything else its JSON. */
  private static Map<String, String> fields(String text, Set<String> wanted) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return fields;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (!wanted.contains(name) || value == JsonToken.VALUE_NULL) {
          json.skipChildren();
        } else if (value != null && value.isScalarValue()) {
          fields.put(name, json.getText());
        } else {
          int from = (int) json.currentTokenLocation().getCharOffset();
          json.skipChildren();
          fields.put(name, text.substring(from, (int) json.currentLocation().getCharOffset()));
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("cut short");
      }
    }
    return fields;
  }

  /** Epoch ms of decimal epoch seconds, rounded down. */
  private static long millis(String seconds) {
    return RECEIVED.matcher(seconds + ":").matches()
        ? new BigDecimal(seconds).movePointRight(3).longValue()
        : Recorded.UNKNOWN;
  }
}
