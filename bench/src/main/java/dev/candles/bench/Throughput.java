package dev.candles.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Frames per second of CPU (user and system) of the socket's side alone, of the whole job, and of
 * ccxt, all sent the same frames at the same pace by another process.
 */
final class Throughput {
  private static final int RATE = 10_000;
  private static final int FRAMES = 150_000;
  private static final int FIRST = 150_000;
  private static final int WARM_UP = 1_650_000;

  /** What runs at a checkpoint only is compiled after some twenty of them. */
  private static final int LONG = 6;

  /** Enough where the job is compared with itself. */
  private static final int SHORT = 2;

  private static final int WARM_UP_RATE = 20_000;
  private static final int ROUNDS = 4;
  private static final long DEADLINE_NANOS = 120_000_000_000L;

  /**
   * What some rounds cost; together they last for two checkpoints.
   *
   * @param framesPerCpu frames per second of CPU, user and system, all rounds
   * @param medianCpuSeconds of one round
   * @param cpuSeconds of all rounds
   * @param candles made per candle that was closed, all rounds
   * @param compileSeconds of all rounds, that the JVM still spent on compiling
   */
  record Figure(
      double framesPerCpu,
      double medianCpuSeconds,
      double cpuSeconds,
      double candles,
      double compileSeconds) {}

  private record Mark(long cpuNanos, long frames, long candles, long compiledMs) {
    static Mark of(Child client) throws IOException {
      String[] words = client.ask("mark").split(" ", -1);
      return new Mark(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          words.length == 3 ? 0 : Long.parseLong(words[3])); // Node does not say
    }
  }

  private Throughput() {}

  /** One client against a server of its own, warmed up so many times. */
  static Figure of(String client, int symbols, int warmUps) throws IOException {
    try (Child server = Child.java("server", String.valueOf(symbols))) {
      String address = server.line();
      try (Child measured = client(client, address, symbols)) {
        await(() -> Integer.parseInt(server.ask("subscriptions")) >= symbols, client);
        send(server, measured, FIRST, RATE); // slowly, or what is cold is overrun
        for (int i = 0; i < warmUps; i++) {
          send(server, measured, WARM_UP, WARM_UP_RATE);
        }
        List<Double> cpu = new ArrayList<>();
        long closed = 0;
        Mark first = Mark.of(measured);
        Mark before = first;
        for (int i = 0; i < ROUNDS; i++) {
          closed += send(server, measured, FRAMES, RATE);
          Mark after = Mark.of(measured);
          cpu.add((after.cpuNanos() - before.cpuNanos()) / 1e9);
          before = after;
        }
        double median = cpu.stream().sorted().toList().get(ROUNDS / 2);
        double all = cpu.stream().mapToDouble(Double::doubleValue).sum();
        double candles = (before.candles() - first.candles()) / (double) closed;
        double compiled = (before.compiledMs() - first.compiledMs()) / 1e3;
        return new Figure(ROUNDS * FRAMES / all, median, all, candles, compiled);
      }
    }
  }

  private static Child client(String client, String address, int symbols) throws IOException {
    String count = String.valueOf(symbols);
    return client.equals("ccxt")
        ? Child.node(Path.of("ccxt", "watch.js"), address, count)
        : Child.java(client, address, count);
  }

  private static long send(Child server, Child client, int frames, int rate) throws IOException {
    long before = Mark.of(client).frames();
    long closed = Long.parseLong(server.ask("send " + frames + " " + rate));
    await(() -> Mark.of(client).frames() >= before + frames, "frames taken");
    return closed;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition, String what) throws IOException {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > DEADLINE_NANOS) {
        throw new IOException("not in time: " + what);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** The live path beside ccxt, 300 streams. */
  static void compare(int symbols) throws IOException {
    Figure ccxt = of("ccxt", symbols, 1);
    System.out.printf(
        Locale.ROOT,
        "%-22s %14s %8s %8s %9s %6s %6s %8s%n",
        "streams=" + symbols,
        "frames/CPU-s",
        "CPU-s",
        "median",
        "of it JIT",
        "ratio",
        "bar",
        "candles");
    print("ccxt watchOHLCV", ccxt, ccxt, "");
    print("socket -> record", of("socket", symbols, 1), ccxt, ">= 6");
    print("whole job", of("job", symbols, LONG), ccxt, ">= 3");
  }

  private static void print(String what, Figure figure, Figure against, String bar) {
    System.out.printf(
        Locale.ROOT,
        "%-22s %14.0f %8.2f %8.2f %9.2f %6.2f %6s %7.1f%%%n",
        what,
        figure.framesPerCpu(),
        figure.cpuSeconds(),
        figure.medianCpuSeconds(),
        figure.compileSeconds(),
        figure.framesPerCpu() / against.framesPerCpu(),
        bar,
        100 * figure.candles());
  }

  /** The whole job's CPU per frame as streams grow. */
  static void growth(List<Integer> sizes) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%-10s %14s %14s %6s %6s%n",
        "streams",
        "frames/CPU-s",
        "us/frame",
        "ratio",
        "bar");
    double first = 0;
    for (int symbols : sizes) {
      Figure figure = of("job", symbols, SHORT);
      double micros = 1e6 / figure.framesPerCpu();
      first = first == 0 ? micros : first;
      System.out.printf(
          Locale.ROOT,
          "%-10d %14.0f %14.2f %6.2f %6s%n",
          symbols,
          figure.framesPerCpu(),
          micros,
          micros / first,
          "<= 1.2");
    }
  }
}
