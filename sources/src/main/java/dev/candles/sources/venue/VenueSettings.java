package dev.candles.sources.venue;

import java.io.Serializable;
import java.net.URI;
import java.util.List;

/**
 * A venue as configured: the profile with its overrides applied.
 *
 * @param profile the venue's facts, overrides applied
 * @param symbols canonical symbols, in the order configured
 */
public record VenueSettings(VenueProfile profile, List<String> symbols) implements Serializable {
  /** The venue's name. */
  public String name() {
    return profile.name();
  }

  /** Address of the feed. */
  public URI webSocket() {
    return profile.webSocket();
  }

  /** Base address of REST. */
  public URI rest() {
    return profile.rest();
  }
}
