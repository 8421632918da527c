package dev.candles.cli.replay;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.Venues;
import dev.candles.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names what a text is that the venue's decoder cannot read, so that nobody has to guess. */
final class ForeignForm {
  private static final int OK = 200;
  private static final int SHOWN = 400;
  private static final Pattern LIST_OF_OBJECTS =
      Pattern.compile("\\s*\\[\\s*\\{.*", Pattern.DOTALL);
  private static final Pattern PYTHON = Pattern.compile("\\s*\\[?\\s*\\{\\s*'.*", Pattern.DOTALL);
  private static final Pattern ISO_AND_FRAME =
      Pattern.compile("\\s*\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d\\S*\\s+[\\[{].*", Pattern.DOTALL);
  private static final Pattern TABLE =
      Pattern.compile("[\\w \".:+-]*([,;\\t][\\w \".:+-]*){2,}", Pattern.DOTALL);

  private final Venue venue;
  private final Replayed replayed;

  ForeignForm(Venue venue, Replayed replayed) {
    this.venue = venue;
    this.replayed = replayed;
  }

  /** Whether the venue's own decoder makes something of a text. */
  boolean isKnown(String text) {
    return replayed == Replayed.WS ? isFrame(venue, text) : isAnswer(replayed, text);
  }

  /** What the text is, or empty if nobody can say. */
  Optional<String> name(String text) {
    String start = Cut.to(SHOWN, text);
    if (PYTHON.matcher(start).matches()) {
      return Optional.of("Python's own notation, not JSON: write it with json.dumps");
    }
    if (ISO_AND_FRAME.matcher(start).matches()) {
      return Optional.of("lines of an ISO time and a frame, as of Tardis: cut the time off");
    }
    if (TABLE.matcher(start).matches()) {
      return Optional.of("a table, like CSV: only what the venue itself sends is read");
    }
    Optional<String> other = venue.foreign(text).or(() -> otherKind(text));
    return other.isEmpty() && replayed == Replayed.WS && LIST_OF_OBJECTS.matcher(start).matches()
        ? Optional.of("one JSON array of frames: write each of its elements on a line of its own")
        : other;
  }

  /** The same venue's, recorded otherwise than was said, or another venue's. */
  private Optional<String> otherKind(String text) {
    if (replayed != Replayed.WS && isFrame(venue, text)) {
      return Optional.of("frames of the feed: give --as ws");
    }
    for (Replayed other : List.of(Replayed.REST_CANDLES, Replayed.REST_TRADES)) {
      if (other != replayed && isAnswer(other, text)) {
        return Optional.of("REST answers: give --as " + other.label());
      }
    }
    return Venues.names().stream()
        .filter(name -> !name.equals(venue.profile().name()))
        .filter(name -> Venues.byName(name).filter(v -> isFrame(v, text)).isPresent())
        .findFirst()
        .map(name -> "frames of " + name + ": give --venue " + name);
  }

  private static boolean isFrame(Venue venue, String text) {
    List<Decoded> said = new ArrayList<>();
    venue.decode(text, Replay.UNDATED_MS, said::add);
    return !said.isEmpty() && said.stream().noneMatch(Decoded.Rejected.class::isInstance);
  }

  private boolean isAnswer(Replayed kind, String text) {
    boolean flagged = venue.profile().finality() == VenueProfile.Finality.VENUE_FLAG;
    if (kind == Replayed.REST_TRADES && flagged) {
      return false; // its trades are not read
    }
    StreamKey stream = new StreamKey(venue.profile().name(), Replay.NAMELESS, Timeframe.BASE);
    RestQuery asked = new RestQuery("", "rest", stream, 0, Long.MAX_VALUE / 2);
    RestAnswer said =
        kind == Replayed.REST_TRADES
            ? venue.decodeTrades(asked, OK, text, Replay.UNDATED_MS)
            : venue.decodeCandles(asked, venue.profile(), OK, text, Replay.UNDATED_MS);
    return said.outcome() == RestAnswer.Outcome.ROWS
        && !(said.candles().isEmpty() && said.silent().isEmpty() && said.trades().isEmpty());
  }
}
