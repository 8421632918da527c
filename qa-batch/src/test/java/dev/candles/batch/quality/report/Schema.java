package dev.candles.batch.quality.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As much of JSON Schema as our schema uses; a word it does not know is an error. */
final class Schema {
  private static final List<String> TALK = List.of("$schema", "title", "description");

  private Schema() {}

  static Object parse(String text) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.put(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> "null";
      default -> "\"" + parser.getText();
    };
  }

  /** What of {@code value} the schema forbids. */
  static void check(Object schema, Object value, String path, List<String> wrong) {
    for (Map.Entry<?, ?> rule : ((Map<?, ?>) schema).entrySet()) {
      String word = (String) rule.getKey();
      if (TALK.contains(word)) {
        continue;
      }
      boolean fits =
          switch (word) {
            case "type" -> types(rule.getValue()).contains(type(value)) || wholeNumber(rule, value);
            case "const" -> rule.getValue().equals(value);
            case "enum" -> ((List<?>) rule.getValue()).contains(value);
            case "required" -> keys(value).containsAll(names(rule.getValue()));
            case "additionalProperties" ->
                ((Map<?, ?>) ((Map<?, ?>) schema).get("properties"))
                    .keySet()
                    .containsAll(keys(value));
            case "properties", "items" -> {
              inside(word, rule.getValue(), value, path, wrong);
              yield true;
            }
            default -> throw new IllegalArgumentException("not known here: " + word);
          };
      if (!fits) {
        wrong.add(path + ": " + word + "=" + rule.getValue() + ", found " + value);
      }
    }
  }

  private static void inside(
      String word, Object rules, Object value, String path, List<String> wrong) {
    if (word.equals("items") && value instanceof List<?> list) {
      list.forEach(item -> check(rules, item, path + "[]", wrong));
    } else if (value instanceof Map<?, ?> object) {
      object.forEach(
          (name, inner) -> {
            Object rule = ((Map<?, ?>) rules).get(name);
            if (rule != null) {
              check(rule, inner, path + "/" + name, wrong);
            }
          });
    }
  }

  private static boolean wholeNumber(Map.Entry<?, ?> rule, Object value) {
    return types(rule.getValue()).contains("number") && value instanceof Long;
  }

  private static List<String> types(Object rule) {
    return rule instanceof List<?> list ? names(list) : List.of(((String) rule).substring(1));
  }

  private static List<String> names(Object list) {
    return ((List<?>) list).stream().map(name -> ((String) name).substring(1)).toList();
  }

  private static List<?> keys(Object value) {
    return value instanceof Map<?, ?> object ? List.copyOf(object.keySet()) : List.of();
  }

  private static String type(Object value) {
    if (value instanceof Map) {
      return "object";
    }
    if (value instanceof List) {
      return "array";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    if (value instanceof Number) {
      return value instanceof Long ? "integer" : "number";
    }
    return value.equals("null") ? "null" : "string";
  }
}
