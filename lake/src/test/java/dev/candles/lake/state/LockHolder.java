package dev.candles.lake.state;

import java.io.IOException;

/** Another process: tries the lock, says how it went, and stays until its input ends. */
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] args) throws IOException {
    try {
      new LakeLock(args[0]).acquire();
      System.out.println("taken");
    } catch (IOException e) {
      System.out.println("refused " + e.getMessage());
    }
    while (System.in.read() >= 0) {
      // until the test closes it or kills us
    }
  }
}
