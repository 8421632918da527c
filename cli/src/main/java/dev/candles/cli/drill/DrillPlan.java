package dev.candles.cli.drill;

import dev.candles.cli.demo.DemoFaults;
import dev.candles.cli.demo.DemoPlan;
import dev.candles.cli.demo.Scope;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.time.MarketClock;
import dev.candles.sim.SimulatorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What is killed in a drill, and when. The same seed gives the same plan; which process it hits
 * depends on who leads and who has work by then.
 *
 * @param cluster whether it is a cluster of separate JVMs
 * @param seed of the market and of chance
 * @param speed market seconds per real second
 * @param interval real time between two checkpoints
 * @param downtime market time in which nothing is left
 */
public record DrillPlan(
    boolean cluster,
    long seed,
    double speed,
    Duration interval,
    Duration downtime,
    List<Kill> kills) {
  /** What is collected: 45 streams. */
  static final Scope SCOPE = DemoPlan.SCOPE;

  /** Beyond the checkpoint interval, until the first new candle is visible. */
  static final Duration BOUND = Duration.ofSeconds(15);

  private static final Duration HISTORY = Duration.ofHours(6);
  private static final Duration BEFORE_NOW = Duration.ofDays(2);
  private static final int MOST_KILLS = 100;
  private static final double MOST_SPEED = 600;
  private static final Duration LEAST_INTERVAL = Duration.ofMillis(500);
  private static final Duration MOST_INTERVAL = Duration.ofMinutes(10);
  private static final Duration MOST_DOWNTIME = Duration.ofDays(1);
  private static final long MINUTE_MS = 60_000;

  /**
   * What the operator said.
   *
   * @param kind empty text for the usual one
   */
  public record Options(
      String kind,
      boolean cluster,
      boolean freeze,
      int kills,
      long seed,
      double speed,
      Duration interval,
      Duration downtime) {}

  /**
   * One kill.
   *
   * @param number from 1
   * @param kind never {@link KillKind#ANY}
   * @param freeze SIGSTOP in place of SIGKILL
   * @param afterMs market time since collecting has begun, or gone on after the last kill
   * @param pick which, where there are several
   */
  record Kill(int number, KillKind kind, boolean freeze, long afterMs, int pick) {
    String signal() {
      return freeze ? "SIGSTOP" : "SIGKILL";
    }
  }

  public DrillPlan {
    kills = List.copyOf(kills);
  }

  /**
   * A plan.
   *
   * @throws IllegalArgumentException if there is no such drill
   */
  public static DrillPlan of(Options options) {
    KillKind usual = options.cluster ? KillKind.ANY : KillKind.COLLECTOR;
    KillKind kind = options.kind.isEmpty() ? usual : KillKind.parse(options.kind);
    require(options, kind);
    boolean cluster =
        options.cluster
            || kind == KillKind.TASKMANAGER
            || kind == KillKind.JOBMANAGER
            || kind == KillKind.ANY;
    return new DrillPlan(
        cluster,
        options.seed,
        options.speed,
        options.interval,
        options.downtime,
        kills(options, kind));
  }

  private static void require(Options options, KillKind kind) {
    if (kind == KillKind.COLLECTOR && options.cluster) {
      throw new IllegalArgumentException(
          "--kill: found 'collector', expected taskmanager, jobmanager, machine or any with"
              + " --cluster");
    }
    if (options.freeze && kind.endsAll()) {
      throw new IllegalArgumentException(
          "--freeze: found --kill "
              + kind.label()
              + ", expected taskmanager, jobmanager or any: nobody else would go on meanwhile");
    }
    requireRange("--kills", options.kills, 1, MOST_KILLS);
    if (!(options.speed > 0 && options.speed <= MOST_SPEED)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "--speed: found '%s', expected above 0 to %s",
              options.speed,
              MOST_SPEED));
    }
    requireRange(
        "--interval (ms)",
        options.interval.toMillis(),
        LEAST_INTERVAL.toMillis(),
        MOST_INTERVAL.toMillis());
    requireRange("--downtime (ms)", options.downtime.toMillis(), 0, MOST_DOWNTIME.toMillis());
  }

  private static void requireRange(String option, long found, long least, long most) {
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s: found '%d', expected %d to %d", option, found, least, most));
    }
  }

  /** Chance goes through all kinds before it takes one again. */
  private static List<Kill> kills(Options options, KillKind kind) {
    SplittableRandom random = new SplittableRandom(options.seed);
    List<KillKind> left = new ArrayList<>();
    List<Kill> kills = new ArrayList<>();
    for (int number = 1; number <= options.kills; number++) {
      if (left.isEmpty()) {
        left.addAll(List.of(KillKind.TASKMANAGER, KillKind.JOBMANAGER, KillKind.MACHINE));
      }
      KillKind one = kind == KillKind.ANY ? left.remove(random.nextInt(left.size())) : kind;
      boolean chance = random.nextBoolean();
      boolean freeze = options.freeze && !one.endsAll() && (kind != KillKind.ANY || chance);
      long afterMs =
          number == 1
              ? random.nextLong(10 * MINUTE_MS, 20 * MINUTE_MS)
              : random.nextLong(3 * MINUTE_MS, 8 * MINUTE_MS);
      kills.add(new Kill(number, one, freeze, afterMs, random.nextInt(1 << 16)));
    }
    return kills;
  }

  /** Whether a JobManager may be gone, so that another one has to wait. */
  boolean standby() {
    return cluster && kills.stream().anyMatch(kill -> kill.kind() != KillKind.TASKMANAGER);
  }

  /** Market time that begins at a full hour. */
  MarketClock clock(long nowMs) {
    return new MarketClock(nowMs, Timeframe.H1.floor(nowMs - BEFORE_NOW.toMillis()), speed);
  }

  /** Where the lake has to start, epoch ms, UTC. */
  static long historyMs(MarketClock clock) {
    return clock.marketMs() - HISTORY.toMillis();
  }

  /** Venues with faults of every kind, until somebody ends them. */
  SimulatorConfig simulated(MarketClock clock) {
    return SCOPE
        .simulated(SimulatorConfig.defaults())
        .withSeed(seed)
        .withClock(clock)
        .withFaults(DemoFaults.of(SCOPE.venues(), Long.MAX_VALUE));
  }
}
