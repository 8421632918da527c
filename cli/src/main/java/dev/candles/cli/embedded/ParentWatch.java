package dev.candles.cli.embedded;

/**
 * Ends a process with the one that started it, however that ends: one that is killed, or halts, can
 * end no other.
 */
public final class ParentWatch {
  private static final String PARENT = "candles.parent.pid";
  private static final int EXIT_CODE = 2;

  private ParentWatch() {}

  /** The flag of a JVM that is to end with this one. */
  public static String flag() {
    return "-D" + PARENT + "=" + ProcessHandle.current().pid();
  }

  /** Halts this JVM some seconds after its parent's end; does nothing without {@link #flag}. */
  public static void begin() {
    Long parent = Long.getLong(PARENT);
    if (parent == null) {
      return;
    }
    ProcessHandle.of(parent).ifPresentOrElse(ParentWatch::awaitEnd, ParentWatch::halt);
  }

  private static void awaitEnd(ProcessHandle parent) {
    var unused = parent.onExit().thenRun(ParentWatch::halt);
  }

  private static void halt() {
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
