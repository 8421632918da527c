package dev.candles.cli;

import java.lang.management.ManagementFactory;

/**
 * What {@link LauncherTest} starts through the launcher: prints what it was given; told {@link
 * #FILL}, it wants more memory than there is.
 */
final class LauncherEcho {
  static final String FILL = "fill-the-heap";

  private LauncherEcho() {}

  public static void main(String[] args) {
    System.out.println("pid=" + ProcessHandle.current().pid());
    System.out.println("heap=" + Runtime.getRuntime().maxMemory() / 1_000_000);
    System.out.println("flags=" + ManagementFactory.getRuntimeMXBean().getInputArguments());
    System.out.println("arenas=" + System.getenv("MALLOC_ARENA_MAX"));
    System.out.println("home=" + System.getProperty("candles.home"));
    System.out.println("args=" + String.join("|", args));
    if (args.length > 0 && args[args.length - 1].equals(FILL)) {
      System.out.println("filled=" + new long[Integer.MAX_VALUE - 8].length);
    }
    System.exit(7);
  }
}
