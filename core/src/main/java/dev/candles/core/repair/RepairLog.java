package dev.candles.core.repair;

/** Tells whoever operates the collector what a repair does. */
public interface RepairLog {

  /** How much a line matters. */
  enum Level {
    INFO,
    WARN,
    ERROR
  }

  /**
   * Writes one line.
   *
   * @param pattern {@code event=<name>} and the names of its fields, each with <code>{}</code> for
   *     its value
   */
  void log(Level level, String pattern, Object... values);
}
