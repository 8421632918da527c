package dev.candles.cli.classes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs JVMs that load what is to be in the archives of some families. */
public interface Training {
  /** Whose archives it makes. */
  List<Family> families();

  /**
   * Flags and class path of a family's JVMs, as words of a command line.
   *
   * @throws IOException if it cannot be told what belongs to the class path
   */
  List<String> jvm(Family family) throws IOException;

  /**
   * Runs them until they have written their archives and ended.
   *
   * @param work an empty folder of its own, deleted afterwards
   * @throws Exception if one did not do what it should
   */
  void run(Recording recording, Path work) throws Exception;

  /** What a JVM of a family is started with to write its archive when it ends. */
  @FunctionalInterface
  interface Recording {
    List<String> flags(Family family);
  }
}
