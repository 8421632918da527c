package dev.candles.fuzz;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the fuzzer calls; the name of the target is its argument. */
public final class Fuzz {
  private static @Nullable Guard guard;

  private Fuzz() {}

  /** Called once, before all inputs. */
  public static void fuzzerInitialize(String[] arguments) {
    guard = new Guard(Targets.byName(arguments[0]));
  }

  /** Called with each input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (guard == null) {
      throw new IllegalStateException("no target was named");
    }
    guard.take(input);
  }

  /** Called once, after all inputs. */
  public static void fuzzerTearDown() {
    if (guard != null) {
      System.err.println("fuzz: " + guard.seen());
    }
  }
}
