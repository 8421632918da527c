package dev.candles.bench;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** The entry of all benchmarks; {@code bench/run} builds and calls it. */
public final class Bench {
  private static final int STREAMS = 300;
  private static final int HISTORY_DAYS = 20;
  private static final List<String> FIGURES =
      List.of("throughput", "growth", "burst", "delay", "history");
  private static final List<Integer> GROWTH = List.of(45, 450, 4_500);

  private Bench() {}

  /**
   * Runs the figure that is named first, after a line with the versions of Flink and of the JVM;
   * the others are processes that figures start.
   */
  public static void main(String[] args) {
    try {
      if (args.length > 0 && FIGURES.contains(args[0])) {
        System.out.printf(
            "Flink %s; Java %s (%s)%n",
            EnvironmentInformation.getVersion(),
            Runtime.version(),
            System.getProperty("java.vendor"));
      }
      run(args);
      System.exit(0); // the job of a figure goes on for ever
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(String[] args) throws Exception {
    switch (args.length == 0 ? "" : args[0]) {
      case "throughput" -> Throughput.compare(STREAMS);
      case "growth" -> Throughput.growth(sizes(args));
      case "burst" -> LivePath.burst(STREAMS);
      case "delay" -> LivePath.delay(STREAMS);
      case "history" -> History.run(HISTORY_DAYS);
      case "server" -> FrameServer.serve(Integer.parseInt(args[1]));
      case "socket" -> Clients.socket(args[1], Integer.parseInt(args[2]));
      case "job" -> Clients.job(args[1], Integer.parseInt(args[2]));
      default -> {
        System.err.println("expected one of: " + String.join(" ", FIGURES));
        System.exit(2);
      }
    }
  }

  private static List<Integer> sizes(String[] args) {
    return args.length == 1 ? GROWTH : Arrays.stream(args).skip(1).map(Integer::valueOf).toList();
  }
}
