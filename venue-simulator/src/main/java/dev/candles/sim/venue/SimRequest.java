package dev.candles.sim.venue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is asked, whether by GET or by a form.
 *
 * @param path decoded path, starting with a slash
 * @param query decoded parameters, then those of the form; of a repeated one the last counts
 * @param headers by lower-case name; of a repeated one the last counts
 */
public record SimRequest(String path, Map<String, String> query, Map<String, String> headers) {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");

  /** The parameter, or an empty string if it is absent. */
  public String get(String name) {
    return query.getOrDefault(name, "");
  }

  /**
   * The parameter as a whole number; only 0 to 9 are digits, whatever else Unicode calls so.
   *
   * @throws NumberFormatException if it is absent or none
   */
  public long whole(String name) {
    String text = get(name);
    if (!WHOLE.matcher(text).matches()) {
      throw new NumberFormatException("not a whole number: " + name + "=" + text);
    }
    return Long.parseLong(text);
  }

  /** The header by its lower-case name, or an empty string if it is absent. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /**
   * @throws IllegalArgumentException if the escapes are broken
   */
  static SimRequest parse(String target, String form, Map<String, String> headers) {
    int mark = target.indexOf('?');
    Map<String, String> query = new LinkedHashMap<>();
    if (mark >= 0) {
      put(target.substring(mark + 1), query);
    }
    if (!form.isEmpty()) {
      put(form, query);
    }
    return new SimRequest(decode(mark < 0 ? target : target.substring(0, mark)), query, headers);
  }

  private static void put(String pairs, Map<String, String> query) {
    for (String pair : pairs.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      query.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
