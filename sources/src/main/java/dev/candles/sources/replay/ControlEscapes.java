package dev.candles.sources.replay;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Escapes in JSON what JSON itself lets pass and a terminal acts on or a reader of lines ends a
 * line at: DEL, the control characters above 127, and Unicode's separators of lines.
 */
final class ControlEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1L;
  private static final int DELETE = 0x7F;
  private static final int LINE_SEPARATOR = 0x2028;
  private static final int PARAGRAPH_SEPARATOR = 0x2029;

  private static final int[] ASCII = ascii();

  private static int[] ascii() {
    int[] codes = standardAsciiEscapesForJSON();
    codes[DELETE] = ESCAPE_STANDARD;
    return codes;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ASCII; // asked for with each line; Jackson only reads it
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    boolean escaped =
        Character.isISOControl(character)
            || character == LINE_SEPARATOR
            || character == PARAGRAPH_SEPARATOR;
    return escaped ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", character)) : null;
  }
}
