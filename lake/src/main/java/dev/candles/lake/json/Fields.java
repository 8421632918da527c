package dev.candles.lake.json;

import dev.candles.core.coverage.Intervals;
import dev.candles.text.Cut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object: each is asked for once, by name and type; what nobody asked for is
 * wrong.
 */
public final class Fields {
  private final String path;
  private final Map<String, Object> values;

  /** What {@code values} holds is taken out as it is asked for. */
  Fields(String path, Map<String, Object> values) {
    this.path = path;
    this.values = values;
  }

  /**
   * A text.
   *
   * @throws IOException if it is absent or of another type
   */
  public String text(String name) throws IOException {
    return required(name, String.class, "a text");
  }

  /**
   * A text, empty if the field is absent.
   *
   * @throws IOException if it is of another type
   */
  public Optional<String> textIfAny(String name) throws IOException {
    return values.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /**
   * A whole number.
   *
   * @throws IOException if it is absent or of another type
   */
  public long number(String name) throws IOException {
    return required(name, Long.class, "a whole number");
  }

  /**
   * A whole number, or another if there is no such field.
   *
   * @throws IOException if it is something else
   */
  public long numberOr(String name, long absent) throws IOException {
    return values.containsKey(name) ? number(name) : absent;
  }

  /**
   * An object.
   *
   * @throws IOException if it is absent or of another type
   */
  public Fields object(String name) throws IOException {
    return required(name, Fields.class, "an object");
  }

  /**
   * A list of objects.
   *
   * @throws IOException if it is absent, or of another type, or longer than {@code max}
   */
  public List<Fields> objects(String name, int max) throws IOException {
    return list(name, max, Fields.class, "a list of objects");
  }

  /**
   * A list of texts.
   *
   * @throws IOException if it is absent, or of another type, or longer than {@code max}
   */
  public List<String> texts(String name, int max) throws IOException {
    return list(name, max, String.class, "a list of texts");
  }

  /**
   * Ranges {@code [[from, to], …]}, sorted and disjoint.
   *
   * @throws IOException if it is absent, or of another type, or not sorted ranges, or more than
   *     {@code max}
   */
  public Intervals ranges(String name, int max) throws IOException {
    List<?> pairs = list(name, max, List.class, "a list of ranges");
    long[] bounds = new long[2 * pairs.size()];
    for (int i = 0; i < pairs.size(); i++) {
      if (!(pairs.get(i) instanceof List<?> pair)
          || pair.size() != 2
          || !(pair.get(0) instanceof Long from)
          || !(pair.get(1) instanceof Long to)) {
        throw wrong(name, "a range is [from, to]", pairs.get(i));
      }
      bounds[2 * i] = from;
      bounds[2 * i + 1] = to;
    }
    try {
      return Intervals.fromArray(bounds);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + "/" + name + ": ranges must ascend and not touch", e);
    }
  }

  /**
   * To be called when all fields were asked for.
   *
   * @throws IOException if there is another one
   */
  public void end() throws IOException {
    if (!values.isEmpty()) {
      throw new IOException("unknown field: " + path + "/" + values.keySet().iterator().next());
    }
  }

  private <T> List<T> list(String name, int max, Class<T> type, String what) throws IOException {
    List<?> found = required(name, List.class, what);
    if (found.size() > max) {
      throw wrong(name, "at most " + max + " entries were expected", found.size());
    }
    List<T> typed = new ArrayList<>(found.size());
    for (Object value : found) {
      if (!type.isInstance(value)) {
        throw wrong(name, what + " was expected", value);
      }
      typed.add(type.cast(value));
    }
    return typed;
  }

  private <T> T required(String name, Class<T> type, String what) throws IOException {
    @Nullable Object value = values.remove(name);
    if (value == null) {
      throw new IOException("field is missing: " + path + "/" + name);
    }
    if (!type.isInstance(value)) {
      throw wrong(name, what + " was expected", value);
    }
    return type.cast(value);
  }

  private IOException wrong(String name, String expected, Object found) {
    String shown = String.valueOf(found);
    return new IOException(path + "/" + name + ": " + expected + ", found: " + Cut.to(80, shown));
  }
}
