package dev.candles.cli;

import java.lang.management.ManagementFactory;

/** What {@link LauncherTest} starts through the launcher: prints what it was given. */
final class LauncherEcho {
  private LauncherEcho() {}

  public static void main(String[] args) {
    System.out.println("pid=" + ProcessHandle.current().pid());
    System.out.println("heap=" + Runtime.getRuntime().maxMemory() / 1_000_000);
    System.out.println("flags=" + ManagementFactory.getRuntimeMXBean().getInputArguments());
    System.out.println("home=" + System.getProperty("candles.home"));
    System.out.println("args=" + String.join("|", args));
    System.exit(7);
  }
}
