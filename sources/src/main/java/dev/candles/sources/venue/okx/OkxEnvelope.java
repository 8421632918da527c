package dev.candles.sources.venue.okx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.JsonWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What OKX wraps everything in, on the feed and in REST: one JSON object of strings, with an {@code
 * arg} object and a {@code data} array. Keys come in any order; unknown ones are passed over.
 */
final class OkxEnvelope {
  /**
   * More elements in one {@code data} array are not believed; the catalogue has about a thousand.
   */
  static final int MAX_ELEMENTS = 10_000;

  /** A row has nine; what stands behind these is passed over. */
  private static final int MAX_CELLS = 16;

  /** The fields that matter, of an object in {@code data}. */
  private static final Set<String> WANTED = Set.of("instId", "instType", "listTime", "state");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxNameLength(JsonValue.MAX_NAME_CHARS)
                  .maxStringLength(65_536)
                  .maxNumberLength(64)
                  .build())
          .build();

  @Nullable String event;
  @Nullable String code;
  private @Nullable String message;
  @Nullable String channel;
  @Nullable String instrument;

  /** Whether there is a {@code data} array. */
  boolean hasData;

  /** Elements of {@code data} that are arrays; a cell that is no string is null. */
  final List<List<@Nullable String>> rows = new ArrayList<>(1);

  /**
   * Elements of {@code data} that are objects; of the fields that matter those that are strings.
   */
  final List<Map<String, String>> objects = new ArrayList<>(0);

  private OkxEnvelope() {}

  /** What it says; empty if nothing. */
  String message() {
    return message == null ? "" : message;
  }

  /**
   * Reads one whole envelope.
   *
   * @throws IOException if it is not JSON, cut short, or not of this shape; the message says what
   */
  static OkxEnvelope parse(String text) throws IOException {
    OkxEnvelope envelope = new OkxEnvelope();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        envelope.field(json, name, value);
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw new IOException("text after the object");
      }
    } catch (JsonProcessingException e) {
      throw new IOException(JsonWords.of(e, text), e);
    }
    return envelope;
  }

  private void field(JsonParser json, String name, JsonToken value) throws IOException {
    switch (name) {
      case "event" -> event = once(event, scalar(json, value), json);
      case "code" -> code = once(code, scalar(json, value), json);
      case "msg" -> message = once(message, scalar(json, value), json);
      case "arg" -> arg(json, value);
      case "data" -> data(json, value);
      default -> json.skipChildren();
    }
  }

  /** Of two values of one field nobody knows which one is meant. */
  private static String once(@Nullable String before, String value, JsonParser json)
      throws IOException {
    if (before != null) {
      throw new IOException("field given twice: " + json.currentName());
    }
    return value;
  }

  private static String scalar(JsonParser json, JsonToken value) throws IOException {
    if (!value.isScalarValue()) {
      throw new IOException("not a text: " + json.currentName());
    }
    return json.getText();
  }

  private void arg(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT || channel != null) {
      throw new IOException("arg is not one object");
    }
    String ofChannel = null;
    String ofInstrument = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING) {
        switch (name) {
          case "channel" -> ofChannel = once(ofChannel, json.getText(), json);
          case "instId" -> ofInstrument = once(ofInstrument, json.getText(), json);
          default -> {
            // an argument we do not ask for
          }
        }
      }
      json.skipChildren();
    }
    channel = ofChannel == null ? "" : ofChannel;
    instrument = ofInstrument == null ? "" : ofInstrument;
  }

  private void data(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY || hasData) {
      throw new IOException("data is not one array");
    }
    hasData = true;
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      if (rows.size() + objects.size() >= MAX_ELEMENTS) {
        throw new IOException("more than " + MAX_ELEMENTS + " elements of data");
      }
      if (next == JsonToken.START_ARRAY) {
        rows.add(row(json));
      } else if (next == JsonToken.START_OBJECT) {
        objects.add(object(json));
      } else {
        throw new IOException("element of data is neither row nor object");
      }
    }
  }

  private static List<@Nullable String> row(JsonParser json) throws IOException {
    List<@Nullable String> cells = new ArrayList<>(9);
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      if (next == null) {
        throw new IOException("row is cut short");
      }
      if (cells.size() < MAX_CELLS) {
        cells.add(next == JsonToken.VALUE_STRING ? json.getText() : null);
      }
      json.skipChildren();
    }
    return cells;
  }

  private static Map<String, String> object(JsonParser json) throws IOException {
    Map<String, String> fields = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING && WANTED.contains(name)) {
        fields.put(name, once(fields.get(name), json.getText(), json));
      }
      json.skipChildren();
    }
    return fields;
  }
}
