package dev.candles.lake.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.candles.lake.disk.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object of objects, lists, texts and whole numbers. Anything else, a repeated
 * field, a word after the end, or more than the given bytes is an error.
 */
public final class StrictJson {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_TEXT = 4096;
  private static final int MAX_DIGITS = 20;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .maxNameLength(MAX_TEXT)
                  .maxNumberLength(MAX_DIGITS)
                  .build())
          .build();

  private StrictJson() {}

  /**
   * Loads a file whole.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it cannot be loaded, is larger than {@code maxBytes} or no regular file
   */
  public static byte[] load(Path file, int maxBytes) throws IOException {
    return SmallFile.bytes(file, maxBytes)
        .orElseThrow(
            () ->
                new IOException(
                    "file is too large, or no regular one: file="
                        + file
                        + ", max_bytes="
                        + maxBytes));
  }

  /**
   * Reads an object from UTF-8 text.
   *
   * @throws IOException if it is not such an object
   */
  public static Fields parse(byte[] utf8) throws IOException {
    try (JsonParser parser = JSON.createParser(utf8)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("an object was expected, found: " + parser.currentToken());
      }
      Fields fields = object(parser, "");
      if (parser.nextToken() != null) {
        throw new IOException("nothing was expected after the end: " + parser.currentToken());
      }
      return fields;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where =
          at == null ? "" : " in line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new IOException("not JSON" + where + ": " + e.getOriginalMessage(), e);
    }
  }

  private static Fields object(JsonParser parser, String path) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (values.put(name, value(parser, parser.nextToken(), path, name)) != null) {
        throw new IOException("field is given twice: " + path + "/" + name);
      }
    }
    return new Fields(path, values);
  }

  private static Object value(JsonParser parser, JsonToken token, String path, String name)
      throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser, path + "/" + name);
      case START_ARRAY -> list(parser, path, name);
      case VALUE_STRING -> text(parser.getText(), path, name);
      case VALUE_NUMBER_INT -> parser.getLongValue();
      default ->
          throw new IOException(
              "not a value that is used here: " + path + "/" + name + "=" + token);
    };
  }

  /** Half a surrogate pair, which an escape can give, is no text: it could not be written again. */
  private static String text(String value, String path, String name) throws IOException {
    if (value.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw new IOException("not a text: " + path + "/" + name);
    }
    return value;
  }

  private static List<Object> list(JsonParser parser, String path, String name) throws IOException {
    List<Object> values = new ArrayList<>();
    for (JsonToken token; (token = parser.nextToken()) != JsonToken.END_ARRAY; ) {
      values.add(value(parser, token, path, name));
    }
    return values;
  }
}
