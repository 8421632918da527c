package dev.candles.cli.drill;

import dev.candles.cli.cluster.JobObserver;
import dev.candles.cli.drill.DrillPlan.Kill;
import java.util.Optional;
import java.util.SortedMap;

/** What collects, in processes of its own, and is killed. For one thread, but for the end. */
interface Subject extends AutoCloseable {
  /** Starts it; it need not collect yet. */
  void start() throws Exception;

  /**
   * Sends the signal of a kill.
   *
   * @return the names of the processes that got it
   */
  String strike(Kill kill) throws Exception;

  /** Wakes what was frozen; nothing if nothing was. */
  void wake() throws Exception;

  /** Starts again what died, as whoever supervises it would; nothing if nothing did. */
  void revive() throws Exception;

  /** A new look at its job, the caller's to close. */
  JobObserver observer();

  /** Why it cannot come back by itself, if that is so. */
  Optional<String> fault() throws Exception;

  /** The memory of each of its processes that matters, bytes, by name. */
  SortedMap<String, Long> memory() throws Exception;

  /**
   * Stops it with a savepoint.
   *
   * @return whether it stopped as it should
   */
  boolean stop() throws Exception;

  /** Ends all processes, also frozen ones. */
  @Override
  void close() throws Exception;
}
