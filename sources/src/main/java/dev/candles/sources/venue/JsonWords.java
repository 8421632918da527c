package dev.candles.sources.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;

/** Says what is wrong with a text that should be JSON, in words for people who do not parse. */
public final class JsonWords {
  private JsonWords() {}

  /** The reason, by the character (from 1) where {@code text} ceases to be JSON. */
  public static String of(IOException error, String text) {
    if (text.stripLeading().startsWith("<")) {
      return "HTML, not JSON";
    }
    if (error instanceof JsonEOFException) {
      return "JSON that is cut short";
    }
    if (error instanceof StreamConstraintsException) {
      return "JSON with a value that is too long or nested too deep";
    }
    if (error instanceof JsonProcessingException json) {
      long offset = json.getLocation() == null ? -1 : json.getLocation().getCharOffset();
      return offset < 0 ? "not JSON" : "not JSON, from character " + (offset + 1) + " on";
    }
    return String.valueOf(error.getMessage());
  }
}
