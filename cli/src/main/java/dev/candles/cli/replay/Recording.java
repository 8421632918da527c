package dev.candles.cli.replay;

import dev.candles.sources.venue.JsonWords;
import dev.candles.text.FailureText;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A recording, gzip or plain, record by record in bounded memory; the form is told from the text.
 * What cannot be read comes out as {@link Recorded.Unreadable}, never as an exception.
 */
final class Recording implements Closeable {
  private final InputStream in;
  private final boolean answers;
  private final JsonPieces pieces = new JsonPieces(RecordLine.MAX_BYTES);
  private @Nullable Boolean formTwo;
  private @Nullable BoundedLines lines;
  private boolean ended;
  private boolean any;
  private long line;

  /**
   * @param answers whether REST answers are wanted and not frames
   */
  Recording(InputStream in, boolean answers) {
    this.in = in;
    this.answers = answers;
  }

  /** The text of a recording, gzip or plain. */
  static InputStream unzipped(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in);
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    return gzip ? new GZIPInputStream(buffered) : buffered;
  }

  /** The line that the last record ended in, from 1. */
  long line() {
    return line;
  }

  /** The next record, or null after the last. */
  @Nullable Recorded next() {
    while (!ended) {
      Recorded record;
      try {
        record = read();
      } catch (EOFException e) {
        record = end("gzip ends before its end: the file is cut short");
      } catch (ZipException e) {
        record = end("gzip is damaged: " + e.getMessage());
      } catch (IOException e) {
        record = end("cannot be read: " + FailureText.of(e));
      }
      if (record != null) {
        any = true;
        return record;
      }
    }
    return null;
  }

  private Recorded end(String detail) {
    ended = true;
    return new Recorded.Unreadable(false, detail, "");
  }

  /** One line's worth: a record, or null if it takes more lines or is blank. */
  private @Nullable Recorded read() throws IOException {
    if (lines == null) {
      lines = new BoundedLines(unzipped(in), RecordLine.MAX_BYTES);
      if (lines.utf16()) {
        return end("UTF-16 text, expected UTF-8: save it as UTF-8");
      }
      if (lines.binary()) {
        return end("binary data, expected lines of text or gzip");
      }
    }
    String text = lines.next();
    if (text == null) {
      ended = true;
      String rest = pieces.rest();
      if (rest != null) {
        return RecordLine.answer(rest);
      }
      return any ? null : new Recorded.Unreadable(false, "nothing in the file", "");
    }
    line++;
    if (lines.wasCut()) {
      String detail = "line of more than " + RecordLine.MAX_BYTES + " bytes";
      return new Recorded.Unreadable(true, detail, text);
    }
    return text.isBlank() && !pieces.open() ? null : record(text);
  }

  private @Nullable Recorded record(String text) throws IOException {
    if (formTwo == null || formTwo) {
      Optional<Recorded> two = formTwo(text);
      if (two.isPresent()) {
        return two.get();
      }
    }
    if (!answers) {
      return RecordLine.formOne(text).orElse(new Recorded.Frame(text, Recorded.UNKNOWN));
    }
    if (!pieces.add(text)) {
      ended = true; // nobody can tell where in it the next one would begin
      String detail = "answer of more than " + RecordLine.MAX_BYTES + " characters";
      return new Recorded.Unreadable(true, detail, text);
    }
    String piece = pieces.whole();
    return piece == null ? null : RecordLine.answer(piece);
  }

  /** The first line that is a JSON object decides for the whole file. */
  private Optional<Recorded> formTwo(String text) {
    boolean decided = formTwo != null;
    if (!decided && (!text.startsWith("{") || !text.contains("\"t\""))) {
      return Optional.empty();
    }
    try {
      Optional<Recorded> record = RecordLine.formTwo(text);
      if (!decided) {
        formTwo = record.isPresent();
        return record;
      }
      return record.isPresent()
          ? record
          : Optional.of(new Recorded.Unreadable(false, "not a record: no known t", text));
    } catch (IOException e) {
      return decided
          ? Optional.of(
              new Recorded.Unreadable(false, "not a record: " + JsonWords.of(e, text), text))
          : Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
