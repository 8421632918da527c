package dev.candles.core.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runbook's health check of all venues: what is known of each, and candles counted since it was
 * made. Pure: news go in, lines come out.
 */
public final class HealthCheck {
  private static final String UNKNOWN = "UNKNOWN";

  private final Map<String, Known> venues = new LinkedHashMap<>();

  /** What is known of a venue. */
  private static final class Known implements HealthNews.Handler<RuntimeException> {
    private @Nullable HealthState state;
    private boolean connected;
    private long received;
    private long written;

    @Override
    public void standing(HealthNews.Standing told) {
      state = told.state();
      connected = told.connected();
    }

    @Override
    public void counted(HealthNews.Counted told) {
      received += told.received();
      written += told.written();
    }

    String word() {
      return state == null ? UNKNOWN : state.name();
    }
  }

  /**
   * @param venues those that it tells of, in this order
   */
  public HealthCheck(List<String> venues) {
    venues.forEach(venue -> this.venues.put(venue, new Known()));
  }

  /** Takes news; of a venue that is none of these they are passed over. */
  public void take(HealthNews news) {
    Known known = venues.get(news.venue());
    if (known != null) {
      news.dispatch(known);
    }
  }

  /**
   * The lines, word for word: {@code HEALTH CHECK | Overall: HEALTHY}, then {@code - coinbase:
   * HEALTHY | WS: ✓ | Recv: 1234 | Written: 1200} for each venue. A venue of which nothing was told
   * is {@code UNKNOWN}.
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("HEALTH CHECK | Overall: " + overall());
    venues.forEach(
        (venue, known) ->
            lines.add(
                "- "
                    + venue
                    + ": "
                    + known.word()
                    + " | WS: "
                    + (known.connected ? "✓" : "✗")
                    + " | Recv: "
                    + known.received
                    + " | Written: "
                    + known.written));
    return lines;
  }

  /** The worst of the venues; not to know of one is worse than to know it healthy. */
  private String overall() {
    HealthState worst = HealthState.HEALTHY;
    boolean unknown = false;
    for (Known known : venues.values()) {
      unknown |= known.state == null;
      if (known.state != null && known.state.level() > worst.level()) {
        worst = known.state;
      }
    }
    return unknown && worst == HealthState.HEALTHY ? UNKNOWN : worst.name();
  }
}
