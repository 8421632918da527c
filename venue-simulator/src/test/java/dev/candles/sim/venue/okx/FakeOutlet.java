package dev.candles.sim.venue.okx;

import dev.candles.sim.venue.Outlet;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was sent. */
final class FakeOutlet implements Outlet {
  final List<String> sent = new ArrayList<>();
  int closedWith;
  long silentUntilMs = Long.MIN_VALUE;
  boolean stalled;
  long now;

  @Override
  public void control(String text) {
    if (!stalled) {
      sent.add(text);
    }
  }

  @Override
  public void data(String text) {
    if (flows(now)) {
      sent.add(text);
    }
  }

  @Override
  public boolean flows(long nowMs) {
    return !stalled && nowMs >= silentUntilMs && closedWith == 0;
  }

  @Override
  public void silence(long untilMs) {
    silentUntilMs = untilMs;
  }

  @Override
  public void close(int code, String reason) {
    closedWith = code;
  }

  /** All that was sent since the last call. */
  List<String> take() {
    List<String> all = List.copyOf(sent);
    sent.clear();
    return all;
  }
}
