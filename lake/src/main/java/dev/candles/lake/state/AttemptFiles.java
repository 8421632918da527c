package dev.candles.lake.state;

import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an attempt's files from those of killed ones, by when the attempt started as each folder's
 * own clock has it: a folder may be on another machine. What was modified up to a minute before
 * that is not taken for a leftover, so a clock that is set back by less misleads nobody.
 *
 * <p>One that is set back further is noticed after the folders were walked and again before
 * anything is deleted, if it is still behind then. One that was set back and forward again during
 * the walk is not: what the attempt wrote in between and did not touch since is taken for a
 * leftover.
 */
final class AttemptFiles implements LakeWriteAccess.Attempt {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptFiles.class);
  private static final long MARGIN_MS = 60_000;

  /** The clock that stamps the files of a folder, epoch ms. */
  @FunctionalInterface
  interface FolderClock {
    long nowMs(Path folder) throws IOException;
  }

  private final FolderClock clock;
  private final LongSupplier nanos;
  private final long startedNs;

  /** By folder. */
  private final Map<Path, Long> startedMs = new LinkedHashMap<>();

  private AttemptFiles(FolderClock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.startedNs = nanos.getAsLong();
  }

  /** Starts an attempt. A folder that is made later has nothing of killed ones. */
  static AttemptFiles start(LakeLayout layout, FolderClock clock, LongSupplier nanos)
      throws IOException {
    AttemptFiles attempt = new AttemptFiles(clock, nanos);
    for (Path folder : OrphanFiles.folders(layout)) {
      attempt.startedMs.put(folder, clock.nowMs(folder));
    }
    return attempt;
  }

  /** What time a new file of the folder gets, epoch ms; to be asked by any thread. */
  static long stampedMs(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, ".clock-", DataFiles.TEMPORARY_SUFFIX);
    try {
      return Files.getLastModifiedTime(probe).toMillis();
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  @Override
  public LakeWriteAccess.Leftovers leftovers() throws IOException {
    List<OrphanFiles> noted = new ArrayList<>();
    for (Map.Entry<Path, Long> started : startedMs.entrySet()) {
      noted.add(OrphanFiles.before(started.getKey(), started.getValue() - MARGIN_MS));
    }
    if (allAreKept()) {
      return () -> 0;
    }
    return () -> allAreKept() ? 0 : delete(noted);
  }

  private boolean allAreKept() throws IOException {
    boolean kept = wasSetBack();
    if (kept) {
      LOG.info("event=leftovers_kept reason=clock_set_back");
    }
    return kept;
  }

  private boolean wasSetBack() throws IOException {
    for (Map.Entry<Path, Long> started : startedMs.entrySet()) {
      long passedMs = clock.nowMs(started.getKey()) - started.getValue();
      if (passedMs < TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startedNs) - MARGIN_MS) {
        return true;
      }
    }
    return false;
  }

  private static int delete(List<OrphanFiles> noted) throws IOException {
    int files = 0;
    for (OrphanFiles orphans : noted) {
      files += orphans.delete();
    }
    LOG.info("event=leftovers_swept files={}", files);
    return files;
  }
}
