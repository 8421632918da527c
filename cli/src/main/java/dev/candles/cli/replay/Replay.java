package dev.candles.cli.replay;

import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.Reject;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Feeds recordings through a venue's own decoder and the rules of finality. Streaming: memory does
 * not grow with the recordings, but for pages of trades that come newest first, and by half a
 * kilobyte for each market and day.
 *
 * <ol>
 *   <li>{@link #recording}, once per file, in the order of their making.
 *   <li>{@link #end} says what stays unproven.
 *   <li>{@link #counts} and {@link #clean} tell how it went.
 * </ol>
 */
public final class Replay {
  /** Stands for the market of REST answers, which do not name it, where nobody else does. */
  static final String NAMELESS = "NAMELESS-MARKET";

  /**
   * For the decoders, which reject what is later: 2100-01-01T00:00Z, in epoch ms. Stands for the
   * time of what was recorded without one, so that a replay says the same on every day.
   */
  static final long UNDATED_MS = 4_102_444_800_000L;

  /** Records at the beginning of a file from which it is told what it is. */
  private static final int LOOKED_AT = 50;

  /** The forms of recordings that can be read, for messages. */
  public static final String FORMS =
      "frames, one a line; lines '<epoch seconds>: <frame>'; JSON lines with 't', 'ts' and 'data';"
          + " REST answers, one JSON value per file or per line, by themselves or as 'body'";

  private final Replayed replayed;
  private final ReplayLines lines;
  private final FeedReplay feed;
  private final AnswerReplay answers;
  private final ForeignForm foreign;
  private @Nullable String named;
  private Optional<String> nameOfNamed = Optional.empty();

  /**
   * @param symbol the only symbol of interest, or null for all; REST answers are about it
   * @param timeframe of the candles
   * @param candlesOnly whether only final candles are written; all is counted
   * @param out takes lines of JSON
   * @throws IllegalArgumentException if the venue has no such candles; the message says which
   */
  public Replay(
      Venue venue,
      Replayed replayed,
      @Nullable String symbol,
      Timeframe timeframe,
      boolean candlesOnly,
      Consumer<String> out) {
    VenueProfile profile = venue.profile();
    boolean flagged = profile.finality() == VenueProfile.Finality.VENUE_FLAG;
    if (flagged && replayed == Replayed.REST_TRADES) {
      throw new IllegalArgumentException(
          profile.name()
              + " closes its candles itself, its trades are not folded: use rest-candles");
    }
    if (flagged && replayed == Replayed.WS && timeframe != Timeframe.BASE) {
      throw new IllegalArgumentException(
          "the feed of "
              + profile.name()
              + " is read for candles of "
              + Timeframe.BASE.label()
              + " only: found "
              + timeframe.label());
    }
    String market = symbol == null ? NAMELESS : symbol;
    StreamKey stream = new StreamKey(profile.name(), market, timeframe);
    this.replayed = replayed;
    this.foreign = new ForeignForm(venue, replayed);
    this.lines = new ReplayLines(profile.name(), symbol, NAMELESS, candlesOnly, out);
    ReplayVersions versions = new ReplayVersions();
    this.feed = new FeedReplay(venue, timeframe, lines, versions);
    this.answers = new AnswerReplay(venue, stream, lines, versions);
  }

  /**
   * Why a recording can only be somebody else's, told from its beginning: what it is, and what to
   * do. Empty if anything in it can be read, or nobody can say what it is.
   *
   * @throws IOException if the recording cannot be read
   */
  public Optional<String> refusal(InputStream in) throws IOException {
    byte[] head;
    try (InputStream text = Recording.unzipped(in)) {
      head = text.readNBytes(RecordLine.MAX_BYTES - 1);
    } catch (EOFException | ZipException e) {
      return Optional.empty(); // the replay rejects it with what is wrong
    }
    try (Recording recording =
        new Recording(new ByteArrayInputStream(head), replayed != Replayed.WS)) {
      for (int i = 0; i < LOOKED_AT; i++) {
        Recorded record = recording.next();
        if (record == null) {
          return Optional.empty();
        }
        String text = text(record);
        if (text != null && foreign.isKnown(text)) {
          return Optional.empty();
        }
        Optional<String> name = text == null ? Optional.empty() : foreign.name(text);
        if (name.isPresent()) {
          return name;
        }
      }
    }
    return Optional.empty();
  }

  private @Nullable String text(Recorded record) {
    if (record instanceof Recorded.Frame frame) {
      return frame.text();
    }
    return replayed != Replayed.WS && record instanceof Recorded.Answer answer
        ? answer.body()
        : null;
  }

  /**
   * Replays one recording, gzip or plain. What of it cannot be read is a reject.
   *
   * @param name of the file, for rejects
   * @throws IOException if the recording cannot be closed
   */
  public void recording(String name, InputStream in) throws IOException {
    lines.count("files", 1);
    try (Recording recording = new Recording(in, replayed != Replayed.WS)) {
      for (Recorded record = recording.next(); record != null; record = recording.next()) {
        long line = recording.line();
        take(record, name, line, reject -> reject(reject, name, line));
      }
    }
  }

  private void take(Recorded record, String name, long line, Consumer<Reject> rejects) {
    if (record instanceof Recorded.Frame frame && replayed == Replayed.WS) {
      feed.frame(frame, rejects);
    } else if (record instanceof Recorded.Answer answer && replayed == Replayed.REST_CANDLES) {
      answers.candles(answer, rejects);
    } else if (record instanceof Recorded.Answer answer && replayed == Replayed.REST_TRADES) {
      answers.trades(answer, rejects);
    } else if (record instanceof Recorded.Connected) {
      lines.count("connects", 1);
    } else if (record instanceof Recorded.Sent) {
      lines.count("sent", 1);
    } else if (record instanceof Recorded.Unreadable bad) {
      RejectReason reason = bad.tooLarge() ? RejectReason.TOO_LARGE : RejectReason.MALFORMED;
      lines.reject("", reason, bad.detail(), bad.text(), name, line);
    } else if (!(record instanceof Recorded.Note)) {
      lines.count("passed_over", 1);
    }
  }

  private void reject(Reject reject, String name, long line) {
    if (!reject.frame().equals(named)) { // it may be one of thousands of the same frame
      named = reject.frame();
      nameOfNamed = foreign.name(named);
    }
    String detail = nameOfNamed.orElse(reject.detail());
    lines.reject(reject.symbol(), reject.reason(), detail, reject.frame(), name, line);
  }

  /** All recordings are through. */
  public void end() {
    if (replayed == Replayed.WS) {
      feed.end();
    } else {
      answers.end();
    }
  }

  /** One line of JSON: how much of each kind was found. */
  public String counts() {
    return lines.countsLine(replayed.label());
  }

  /** Whether nothing was rejected. */
  public boolean clean() {
    return lines.count("reject") == 0;
  }
}
