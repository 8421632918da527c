package dev.candles.sim.venue;

import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
import dev.candles.sim.venue.VenueServer.RestCounts;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What happens to a REST request before and after the venue's own rules: it is counted, admitted or
 * not, takes its time, and may be hit by a fault. Called by many threads.
 */
public final class RestGateway {
  private final RestProtocol protocol;
  private final MarketTime time;
  private final Faults faults;
  private final Outage outage;
  private final Duration latency;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /**
   * @param latency how long an answer takes, real time
   */
  public RestGateway(
      RestProtocol protocol, MarketTime time, Faults faults, Outage outage, Duration latency) {
    this.protocol = protocol;
    this.time = time;
    this.faults = faults;
    this.outage = outage;
    this.latency = latency;
  }

  /** Requests so far. */
  public RestCounts counts() {
    return new RestCounts(requests.get(), refused.get());
  }

  /** Answers a request. */
  public SimResponse answer(SimRequest question) {
    long number = requests.incrementAndGet();
    long now = time.now();
    boolean admitted = protocol.admits(question, now); // counted when it arrives
    pause();
    RestCall visit = new RestCall(faults, protocol.venue(), number, now, time.now());
    if (visit.strike(FaultKind.HTML, null).isPresent()) {
      int status = protocol.htmlStatus();
      return SimResponse.html(
          status,
          String.format(
              Locale.ROOT,
              "<!DOCTYPE html><html><head><title>%d: Web server is returning an unknown error</title>"
                  + "</head><body><h1>Error %d</h1></body></html>",
              status,
              status),
          visit.dateMs());
    }
    try {
      if (outage.ofRest(now)) {
        throw protocol.unavailable();
      }
      if (!admitted) {
        refused.incrementAndGet();
        throw protocol.tooMany(visit);
      }
      if (visit.strike(FaultKind.THROTTLE, null).isPresent()) {
        throw protocol.tooMany(visit);
      }
      return protocol.answer(question, visit);
    } catch (Refusal e) {
      return SimResponse.json(e.status(), e.body(), visit.dateMs());
    }
  }

  private void pause() {
    if (!latency.isZero()) {
      try {
        TimeUnit.MILLISECONDS.sleep(latency.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
