package dev.candles.sources.venue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One JSON value of bounded size and depth, numbers as the text that was sent. What is absent or of
 * another kind than asked for comes out empty, never as an exception.
 */
public final class JsonValue {
  /** No venue's is longer; the parser remembers thousands of them from frame to frame. */
  public static final int MAX_NAME_CHARS = 256;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_TEXT_CHARS = 65_536;
  private static final int MAX_NUMBER_CHARS = 64;
  private static final JsonValue ABSENT = new JsonValue(JsonToken.NOT_AVAILABLE, "");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME_CHARS)
                  .maxStringLength(MAX_TEXT_CHARS)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .build())
          .build();

  private final JsonToken kind;
  private final String text;
  private final List<JsonValue> elements;
  private final Map<String, JsonValue> fields;

  private JsonValue(JsonToken kind, String text) {
    this(kind, text, List.of(), Map.of());
  }

  private JsonValue(
      JsonToken kind, String text, List<JsonValue> elements, Map<String, JsonValue> fields) {
    this.kind = kind;
    this.text = text;
    this.elements = elements;
    this.fields = fields;
  }

  /**
   * Reads one whole value.
   *
   * @param maxValues more values in it are not believed
   * @throws IOException if it is not JSON, cut short, doubled in a field, or too large; the message
   *     says what
   */
  public static JsonValue parse(String text, int maxValues) throws IOException {
    return new Reading(List.of(), maxValues).read(text);
  }

  /**
   * Reads an object of which only some fields matter; the others are checked and passed over.
   *
   * @throws IOException as {@link #parse(String, int)}
   */
  public static JsonValue parse(String text, int maxValues, Set<String> wanted) throws IOException {
    return parse(text, maxValues, List.of(wanted));
  }

  /**
   * Reads a value in whose objects only some fields matter; the others are checked and passed over,
   * and count for nothing.
   *
   * @param wanted names of the fields that matter: first those of an object that is in no other,
   *     then those of the objects in it, and so on; where a set is empty or missing, all do
   * @throws IOException as {@link #parse(String, int)}
   */
  public static JsonValue parse(String text, int maxValues, List<Set<String>> wanted)
      throws IOException {
    return new Reading(wanted, maxValues).read(text);
  }

  public boolean isObject() {
    return kind == JsonToken.START_OBJECT;
  }

  public boolean isArray() {
    return kind == JsonToken.START_ARRAY;
  }

  /** Whether the field or element that was asked for is not there. */
  public boolean isAbsent() {
    return kind == JsonToken.NOT_AVAILABLE;
  }

  /** Whether it is not there, or null. */
  public boolean isNothing() {
    return isAbsent() || kind == JsonToken.VALUE_NULL;
  }

  public boolean isTrue() {
    return kind == JsonToken.VALUE_TRUE;
  }

  public boolean isFalse() {
    return kind == JsonToken.VALUE_FALSE;
  }

  /** The text of a string. */
  public Optional<String> string() {
    return kind == JsonToken.VALUE_STRING ? Optional.of(text) : Optional.empty();
  }

  /** The text of a number, with or without quotes, as the venue printed it. Not checked. */
  public Optional<String> literal() {
    boolean number = kind == JsonToken.VALUE_NUMBER_INT || kind == JsonToken.VALUE_NUMBER_FLOAT;
    return number ? Optional.of(text) : string();
  }

  /** The field of this name; absent if there is none or this is no object. */
  public JsonValue field(String name) {
    return fields.getOrDefault(name, ABSENT);
  }

  /** The element at {@code index}; absent if there is none or this is no array. */
  public JsonValue element(int index) {
    return index < elements.size() ? elements.get(index) : ABSENT;
  }

  /** The elements of an array, else none. */
  public List<JsonValue> elements() {
    return elements;
  }

  /** The fields of an object in the order sent, else none. */
  public Map<String, JsonValue> fields() {
    return fields;
  }

  /** For messages: the text of a scalar, else what it is. */
  @Override
  public String toString() {
    return switch (kind) {
      case NOT_AVAILABLE -> "absent";
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      default -> text;
    };
  }

  private static final class Reading {
    private final List<Set<String>> wanted;
    private final int maxValues;
    private int values;

    Reading(List<Set<String>> wanted, int maxValues) {
      this.wanted = wanted;
      this.maxValues = maxValues;
    }

    JsonValue read(String text) throws IOException {
      try (JsonParser json = JSON.createParser(text)) {
        if (json.nextToken() == null) {
          throw new IOException("nothing in it");
        }
        JsonValue value = value(json, 0);
        if (json.nextToken() != null) {
          throw new IOException("text after the value");
        }
        return value;
      } catch (JsonProcessingException e) {
        throw new IOException(JsonWords.of(e, text), e);
      }
    }

    private JsonValue value(JsonParser json, int depth) throws IOException {
      JsonToken token = json.currentToken();
      if (token == null) {
        throw new IOException("cut short");
      }
      if (++values > maxValues) {
        throw new IOException("more than " + maxValues + " values");
      }
      return switch (token) {
        case START_OBJECT -> object(json, depth);
        case START_ARRAY -> array(json, depth);
        default -> new JsonValue(token, json.getText());
      };
    }

    /** An object in {@code depth} others. */
    private JsonValue object(JsonParser json, int depth) throws IOException {
      Set<String> names = depth < wanted.size() ? wanted.get(depth) : Set.of();
      Map<String, JsonValue> fields = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (!names.isEmpty() && !names.contains(name)) {
          json.skipChildren();
        } else if (fields.put(name, value(json, depth + 1)) != null) {
          throw new IOException("field given twice: " + name);
        }
      }
      return new JsonValue(JsonToken.START_OBJECT, "", List.of(), fields);
    }

    private JsonValue array(JsonParser json, int depth) throws IOException {
      List<JsonValue> elements = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        elements.add(value(json, depth));
      }
      return new JsonValue(JsonToken.START_ARRAY, "", elements, Map.of());
    }
  }
}
