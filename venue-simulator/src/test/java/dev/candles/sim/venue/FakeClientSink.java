package dev.candles.sim.venue;

import java.util.ArrayList;
import java.util.List;

/** Keeps what was sent. */
public final class FakeClientSink implements ClientSink {
  public final List<String> sent = new ArrayList<>();
  public int closedWith;
  public long silentUntilMs = Long.MIN_VALUE;
  public boolean stalled;
  public long now;

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
  public List<String> take() {
    List<String> all = List.copyOf(sent);
    sent.clear();
    return all;
  }
}
