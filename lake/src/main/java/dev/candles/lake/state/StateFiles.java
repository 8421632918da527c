package dev.candles.lake.state;

import dev.candles.lake.disk.SmallFile;
import dev.candles.lake.disk.Trees;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's checkpoints and savepoints below {@code .state/}: which one to restore, which ones may
 * go. Only what has a {@code _metadata} file is complete.
 */
public final class StateFiles {
  private static final Logger LOG = LoggerFactory.getLogger(StateFiles.class);
  private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");

  private static final String WEB_UI = "web_ui";
  private static final int WEB_UI_BYTES = 32;

  private final Path state;
  private final Deletion deletion;

  /** The state beside this lake's data. */
  public StateFiles(LakeLayout layout) {
    this(layout, Trees::delete);
  }

  StateFiles(LakeLayout layout, Deletion deletion) {
    this.state = layout.state();
    this.deletion = deletion;
  }

  /** Deletes a folder with all that is in it. */
  @FunctionalInterface
  interface Deletion {
    void of(Path folder) throws IOException;
  }

  /**
   * A complete checkpoint or savepoint.
   *
   * @param folder what Flink is given to restore
   * @param completedMs real time at which its metadata was written, epoch ms
   * @param number the checkpoint's number, 0 for a savepoint
   */
  public record Snapshot(Path folder, long completedMs, long number) {}

  /** The folder of them all. */
  public Path folder() {
    return state;
  }

  /** Where Flink writes checkpoints. */
  public Path checkpoints() {
    return state.resolve("checkpoints");
  }

  /** Where Flink writes savepoints. */
  public Path savepoints() {
    return state.resolve("savepoints");
  }

  /**
   * The complete checkpoints and savepoints, the newest first.
   *
   * @param nowMs real time, epoch ms
   * @throws IOException if a folder cannot be listed
   */
  public List<Snapshot> complete(long nowMs) throws IOException {
    List<Snapshot> found = new ArrayList<>();
    for (Path job : Folders.in(checkpoints())) {
      found.addAll(checkpointsOf(job));
    }
    for (Path savepoint : Folders.in(savepoints())) {
      addIfComplete(savepoint, 0, found);
    }
    return SnapshotOrder.newestFirst(found, nowMs);
  }

  /**
   * The newest complete checkpoint or savepoint.
   *
   * @param nowMs real time, epoch ms
   * @throws IOException if a folder cannot be listed
   */
  public Optional<Snapshot> newest(long nowMs) throws IOException {
    return complete(nowMs).stream().findFirst();
  }

  /**
   * The newest complete savepoint that is named after a job.
   *
   * @param jobId Flink's job id, 32 hexadecimal digits
   * @param nowMs real time, epoch ms
   * @throws IOException if a folder cannot be listed
   */
  public Optional<Path> newestSavepointOf(String jobId, long nowMs) throws IOException {
    requireJob(jobId);
    List<Snapshot> found = new ArrayList<>();
    for (Path savepoint : Folders.in(savepoints())) {
      if (Origin.isSavepointOf(Folders.name(savepoint), jobId)) {
        addIfComplete(savepoint, 0, found);
      }
    }
    return SnapshotOrder.newestFirst(found, nowMs).stream().map(Snapshot::folder).findFirst();
  }

  /**
   * Writes down that the checkpoints that a job is going to take are of this lake, at this place.
   *
   * @param jobId Flink's job id, 32 hexadecimal digits
   * @throws IOException if it cannot be written
   */
  public void sign(String jobId) throws IOException {
    requireJob(jobId);
    Origin.write(checkpoints().resolve(jobId), state);
  }

  /**
   * Writes down where the web UI of the collector of this machine is.
   *
   * @throws IOException if it cannot be written
   */
  public void webUi(int port) throws IOException {
    Files.writeString(state.resolve(WEB_UI), port + "\n");
  }

  /**
   * The port that {@link #webUi(int)} wrote last: that collector may be gone, and another program
   * may have the port. Empty if there is none, or if it cannot be read as one.
   *
   * @throws IOException if it cannot be read
   */
  public OptionalInt webUi() throws IOException {
    try {
      String text = SmallFile.text(state.resolve(WEB_UI), WEB_UI_BYTES).orElse("").strip();
      return text.matches("[1-9]\\d{0,4}")
          ? OptionalInt.of(Integer.parseInt(text))
          : OptionalInt.empty();
    } catch (NoSuchFileException none) {
      return OptionalInt.empty();
    }
  }

  /**
   * Writes down that a savepoint is of this lake, at this place, and what its bytes are.
   *
   * @throws IOException if it cannot be written
   */
  public void signSavepoint(Path savepoint) throws IOException {
    Origin.write(savepoint, state);
    Seal.write(savepoint);
  }

  /**
   * What of a savepoint is not as it was when it was signed; empty if all is, or it was not signed.
   *
   * @throws IOException if it cannot be read
   */
  public static Optional<String> damage(Path savepoint) throws IOException {
    return Seal.broken(savepoint);
  }

  /**
   * Why a checkpoint or savepoint is not of this lake at this place; empty if it is. Flink writes
   * absolute paths into what it keeps: what was taken elsewhere would read and publish files there.
   *
   * @throws IOException if it cannot be told
   */
  public Optional<String> foreign(Path snapshot) throws IOException {
    return Origin.foreign(snapshot, this, state);
  }

  /**
   * The checkpoint folders of other jobs, once {@code jobId} has a complete checkpoint of its own;
   * none before. Savepoints are the operator's and are never listed.
   *
   * @param jobId Flink's job id, 32 hexadecimal digits
   * @throws IOException if a folder cannot be listed
   */
  public List<Path> othersThan(String jobId) throws IOException {
    requireJob(jobId);
    if (checkpointsOf(checkpoints().resolve(jobId)).isEmpty()) {
      return List.of();
    }
    List<Path> others = new ArrayList<>();
    for (Path job : Folders.in(checkpoints())) {
      String name = Folders.name(job);
      if (JOB.matcher(name).matches() && !name.equals(jobId)) {
        others.add(job);
      }
    }
    return others;
  }

  /**
   * What {@link #tidy} came to.
   *
   * @param savepoints those that are gone
   * @param left what is still there and why, one line each
   */
  public record Tidied(List<Path> savepoints, List<String> left) {}

  /**
   * Deletes {@link #othersThan}, all but the newest savepoints that the collector took, and
   * unfinished ones that are older than those. A folder with a name of the operator's own stays,
   * and so does a savepoint from later than now, beside those that are kept. What cannot be deleted
   * stays too and is told in the log: nobody needs it, so the job goes on, and the next start tries
   * again. To be called by the holder of the lake's lock, once what was restored is not needed any
   * more.
   *
   * @param jobId Flink's job id, 32 hexadecimal digits
   * @param most how many savepoints are kept, at least 1
   * @param nowMs real time, epoch ms
   */
  public Tidied tidy(String jobId, int most, long nowMs) {
    List<Path> savepoints = new ArrayList<>();
    List<String> left = new ArrayList<>();
    delete(
        () -> othersThan(jobId),
        left,
        job -> LOG.info("event=checkpoints_deleted job={} kept_job={}", Folders.name(job), jobId));
    delete(
        () -> savepointsBeyond(most, nowMs),
        left,
        savepoint -> {
          LOG.info("event=savepoint_deleted folder={} kept={}", LogValue.of(savepoint), most);
          savepoints.add(savepoint);
        });
    return new Tidied(List.copyOf(savepoints), List.copyOf(left));
  }

  /** Says which folders may go. */
  @FunctionalInterface
  private interface Listing {
    List<Path> folders() throws IOException;
  }

  private void delete(Listing listing, List<String> left, Consumer<Path> gone) {
    List<Path> folders;
    try {
      folders = listing.folders();
    } catch (IOException e) {
      left.add(left(state, e));
      return;
    }
    for (Path folder : folders) {
      try {
        deletion.of(folder);
        gone.accept(folder);
      } catch (IOException e) {
        left.add(left(folder, e));
      }
    }
  }

  private static String left(Path folder, IOException why) {
    LOG.warn("event=snapshots_left folder={} error={}", LogValue.of(folder), LogValue.of(why));
    return folder + ": " + why;
  }

  private List<Path> savepointsBeyond(int most, long nowMs) throws IOException {
    if (most < 1) {
      throw new IllegalArgumentException("a savepoint is kept at least: most=" + most);
    }
    List<Snapshot> found = new ArrayList<>();
    for (Path savepoint : savepointsTaken()) {
      addIfComplete(savepoint, 0, found);
    }
    Set<Path> whole = found.stream().map(Snapshot::folder).collect(Collectors.toSet());
    found.removeIf(savepoint -> SnapshotOrder.isAhead(savepoint, nowMs));
    List<Snapshot> complete = SnapshotOrder.newestFirst(found, nowMs);
    if (complete.size() <= most) {
      return List.of();
    }
    long oldestMs = complete.get(most - 1).completedMs();
    List<Path> beyond =
        new ArrayList<>(complete.stream().skip(most).map(Snapshot::folder).toList());
    for (Path savepoint : savepointsTaken()) {
      if (!whole.contains(savepoint)
          && Files.getLastModifiedTime(savepoint).toMillis() < oldestMs) {
        beyond.add(savepoint);
      }
    }
    return beyond;
  }

  private List<Path> savepointsTaken() throws IOException {
    return Folders.in(savepoints()).stream()
        .filter(folder -> Origin.isSavepoint(Folders.name(folder)))
        .toList();
  }

  private static void requireJob(String jobId) {
    if (!JOB.matcher(jobId).matches()) {
      throw new IllegalArgumentException("not a job id: " + jobId);
    }
  }

  private static List<Snapshot> checkpointsOf(Path job) throws IOException {
    List<Snapshot> found = new ArrayList<>();
    for (Path folder : Folders.in(job)) {
      Matcher name = CHECKPOINT.matcher(Folders.name(folder));
      if (name.matches()) {
        addIfComplete(folder, Long.parseLong(name.group(1)), found);
      }
    }
    return found;
  }

  static Path metadata(Path snapshot) {
    return snapshot.resolve("_metadata");
  }

  private static void addIfComplete(Path folder, long number, List<Snapshot> into)
      throws IOException {
    try {
      Path metadata = metadata(folder);
      BasicFileAttributes attributes = Files.readAttributes(metadata, BasicFileAttributes.class);
      if (attributes.isRegularFile() && attributes.size() > 0) {
        into.add(new Snapshot(folder, attributes.lastModifiedTime().toMillis(), number));
      }
    } catch (NoSuchFileException incomplete) {
      LOG.debug("event=snapshot_incomplete folder={}", LogValue.of(folder));
    }
  }
}
