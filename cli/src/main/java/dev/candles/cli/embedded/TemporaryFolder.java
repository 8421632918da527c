package dev.candles.cli.embedded;

import dev.candles.lake.disk.Trees;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.TemporaryFolders;
import dev.candles.text.FailureText;
import dev.candles.text.LogValue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder for temporary files of this process: Flink's own library, the native ones of RocksDB,
 * Snappy, zstd and Conscrypt, and what Flink spills; some 60 MB. It lies below the lake, where the
 * next process deletes what a killed one left. Where that cannot be written or is mounted noexec,
 * it is one in {@code java.io.tmpdir}, which is deleted at the end only.
 */
public final class TemporaryFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

  private static final String SYSTEM = "java.io.tmpdir";

  /** Where libraries unpack native ones; documented by each of them. */
  private static final List<String> PROPERTIES =
      List.of("org.xerial.snappy.tempdir", "ZstdTempFolder", "org.conscrypt.native.workdir");

  private final TemporaryFolders.@Nullable Held held;
  private final Path folder;

  /** What the properties were before; those that were not set are absent. */
  private final Map<String, String> before = new HashMap<>();

  private TemporaryFolder(Path folder, TemporaryFolders.@Nullable Held held) {
    this.folder = folder;
    this.held = held;
    for (String property : PROPERTIES) {
      String was = System.setProperty(property, folder.toString());
      if (was != null) {
        before.put(property, was);
      }
    }
  }

  /**
   * One below a lake if native libraries can be loaded from there, else another.
   *
   * @throws RefusedException if there is none; the message says why and names the remedy
   */
  public static TemporaryFolder below(LakeLayout lake) throws RefusedException {
    return below(lake, Path.of(System.getProperty(SYSTEM)));
  }

  static TemporaryFolder below(LakeLayout lake, Path system) throws RefusedException {
    List<String> faults = new ArrayList<>();
    Path base = lake.temporary();
    // Flink takes a list of folders
    if (!base.toString().contains(",") && !base.toString().contains(File.pathSeparator)) {
      try {
        TemporaryFolders.Held held = TemporaryFolders.make(base);
        Optional<String> fault = fault(held.folder());
        if (fault.isEmpty()) {
          return new TemporaryFolder(held.folder(), held);
        }
        held.close();
        faults.add(base + ": " + fault.get());
      } catch (IOException e) {
        faults.add(base + ": " + FailureText.of(e));
      }
    }
    return elsewhere(system, faults);
  }

  /**
   * One that is not in the lake.
   *
   * @throws RefusedException if there is none; the message says why and names the remedy
   */
  public static TemporaryFolder elsewhere() throws RefusedException {
    return elsewhere(Path.of(System.getProperty(SYSTEM)), new ArrayList<>());
  }

  private static TemporaryFolder elsewhere(Path base, List<String> faults) throws RefusedException {
    try {
      Path folder = Files.createTempDirectory(base, "candles-"); // for this user only
      Optional<String> fault = fault(folder);
      if (fault.isEmpty()) {
        return new TemporaryFolder(folder, null);
      }
      Files.delete(folder);
      faults.add(base + ": " + fault.get());
    } catch (IOException e) {
      faults.add(base + ": " + FailureText.of(e));
    }
    throw new RefusedException(
        String.format(
            Locale.ROOT,
            "native libraries cannot be loaded from a temporary folder: %s. Name another: "
                + "CANDLES_JAVA_OPTS=-Djava.io.tmpdir=DIR",
            String.join("; ", faults)));
  }

  /** Where native libraries are unpacked now. */
  static String current() {
    return System.getProperty(PROPERTIES.get(0), System.getProperty(SYSTEM));
  }

  /** Why no library can be loaded from a folder, empty if one can. */
  static Optional<String> fault(Path folder) {
    try {
      Path file = Files.createTempFile(folder, "candles-", ".so");
      boolean runs = file.toFile().setExecutable(true) && Files.isExecutable(file);
      Files.delete(file);
      return runs ? Optional.empty() : Optional.of("it is mounted noexec");
    } catch (IOException e) {
      return Optional.of(FailureText.of(e));
    }
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    for (String property : PROPERTIES) {
      String was = before.get(property);
      if (was == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, was);
      }
    }
    if (held != null) {
      held.close();
      return;
    }
    try {
      Trees.delete(folder);
    } catch (IOException e) {
      LOG.warn(
          "event=temporary_files_left folder={} error={}", LogValue.of(folder), LogValue.of(e));
    }
  }
}
