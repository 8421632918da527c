package dev.candles.cli.replay;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.candles.text.OneLine;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Escapes in JSON what JSON itself lets pass and {@link OneLine} knows as acted on. */
final class ControlEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1L;
  private static final int[] ASCII = ascii();

  private static int[] ascii() {
    int[] codes = standardAsciiEscapesForJSON();
    for (int character = 0; character < codes.length; character++) {
      if (codes[character] == ESCAPE_NONE && OneLine.isActedOn(character)) {
        codes[character] = ESCAPE_STANDARD;
      }
    }
    return codes;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ASCII; // asked for with each line; Jackson only reads it
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    return OneLine.isActedOn(character)
        ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", character))
        : null;
  }
}
