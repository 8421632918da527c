package dev.candles.sources.source.enumerator;

import dev.candles.core.candle.Market;
import dev.candles.sources.transport.RestClient;
import dev.candles.sources.transport.RestResponse;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.text.FailureText;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What a venue lists now, beside what is configured: what the start of a collector would find.
 *
 * @param listed how many markets are open
 * @param markets the configured ones that are among them, in the order configured
 * @param unlisted configured symbols that are not among them
 * @param offsetMs the venue's clock minus ours by the answer's {@code Date}, which has whole
 *     seconds: at least so far off it is, whenever between question and answer it was read; empty
 *     if there is none
 */
public record CatalogueLook(
    int listed, List<Market> markets, List<Unlisted> unlisted, OptionalLong offsetMs) {
  /**
   * A configured symbol that the venue does not list.
   *
   * @param nearest what it lists that was probably meant, best first
   */
  public record Unlisted(String symbol, List<String> nearest) {
    static Unlisted of(String symbol, List<Market> listed) {
      List<String> names = listed.stream().map(Market::symbol).toList();
      return new Unlisted(symbol, NearestNames.of(symbol, names));
    }

    /** The nearest ones for people, {@code none} if there is none. */
    public String hint() {
      return nearest.isEmpty() ? "none" : String.join(",", nearest);
    }
  }

  /**
   * Asks a venue once.
   *
   * @param nowMs this machine's clock, epoch ms, UTC
   * @throws IOException if the catalogue cannot be had; the message says why
   */
  public static CatalogueLook at(Venue venue, VenueSettings settings, LongSupplier nowMs)
      throws IOException, InterruptedException {
    long[] offMs = {RestResponse.ABSENT, 0};
    long askedMs = nowMs.getAsLong();
    try (RestClient rest = new RestClient(settings.name(), settings.rest())) {
      List<Market> listed =
          ask(
              venue,
              rest,
              answer -> {
                offMs[0] = answer.dateMs();
                offMs[1] = offsetMs(answer.dateMs(), askedMs, nowMs.getAsLong());
              });
      SplitPlanner.Plan plan =
          SplitPlanner.plan(settings.name(), settings.symbols(), listed, listed.size());
      return new CatalogueLook(
          listed.size(),
          plan.splits().stream().flatMap(split -> split.markets().stream()).toList(),
          plan.unlisted().stream().map(symbol -> Unlisted.of(symbol, listed)).toList(),
          offMs[0] == RestResponse.ABSENT ? OptionalLong.empty() : OptionalLong.of(offMs[1]));
    } catch (ExecutionException e) {
      throw new IOException(FailureText.of(e), e);
    }
  }

  /** Of a clock that was read between question and answer. */
  static long offsetMs(long dateMs, long askedMs, long answeredMs) {
    return Math.max(0, dateMs - answeredMs) + Math.min(0, dateMs - askedMs);
  }

  /**
   * The open markets. The client's own time-outs bound the wait.
   *
   * @param answered told the answer, also one that is no catalogue
   * @throws IOException if the answer is no catalogue
   * @throws ExecutionException if there is no answer
   */
  static List<Market> ask(Venue venue, RestClient rest, Consumer<RestResponse> answered)
      throws IOException, ExecutionException, InterruptedException {
    RestResponse response = rest.get(venue.catalogue()).get();
    answered.accept(response);
    return venue.decodeCatalogue(response.status(), response.body());
  }
}
