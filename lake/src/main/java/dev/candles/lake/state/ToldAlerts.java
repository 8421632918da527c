package dev.candles.lake.state;

import dev.candles.lake.disk.Durable;
import dev.candles.lake.disk.SmallFile;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which alert about a subject was told to a target last, in the lake, where a restart finds it
 * whatever checkpoint it goes back to. One small file per subject and target, with one writer.
 */
public final class ToldAlerts {
  private static final int MAX_BYTES = 256;
  private static final Pattern TEXT = Pattern.compile("epoch=(\\d+) at=(\\d+) what=(\\w+)");

  /** The same again so soon after it is what a job that went back in time met once more. */
  private static final long SAME_MS = 3_600_000;

  /**
   * An alert about a subject.
   *
   * @param epochMs when its record was begun, market time, epoch ms
   * @param atMs when it happened, market time, epoch ms: a job that goes back in time counts anew,
   *     but what happens then happens later
   * @param what one word; two alerts in a row never have the same
   * @param well whether it takes back one before it and is nothing without
   */
  public record Mark(long epochMs, long atMs, String what, boolean well) {
    private static final long STANDING = 0;

    /** A change that is counted. */
    public Mark(long epochMs, long atMs, String what) {
      this(epochMs, atMs, what, false);
    }

    /**
     * How a thing stands: told if the last word was another one, whenever that was.
     *
     * @param well whether there is no trouble: told only if there was
     */
    public static Mark standing(long atMs, String what, boolean well) {
      return new Mark(STANDING, atMs, what, well);
    }

    /**
     * Whether this one was told if {@code last} was the last that was. One of a clock that was
     * ahead proves itself and no other: it would be later than all to come.
     */
    private boolean isToldBy(Mark last, LongSupplier nowMs) {
      boolean same = what.equals(last.what);
      if (epochMs == STANDING) {
        return same;
      }
      if (WrongClock.gave(last.atMs, nowMs.getAsLong())) {
        return epochMs == last.epochMs && same && atMs == last.atMs;
      }
      return epochMs == last.epochMs && (atMs < last.atMs || (same && atMs - last.atMs < SAME_MS));
    }
  }

  /** What could not be noted, a word for each file, so that no further attempt tells it again. */
  private static final Map<Path, Mark> NOT_NOTED = new ConcurrentHashMap<>();

  private final Path root;
  private final Path folder;
  private final LongSupplier nowMs;

  /**
   * Those of a lake.
   *
   * @param nowMs market time, epoch ms
   */
  public ToldAlerts(LakeLayout lake, LongSupplier nowMs) {
    this.nowMs = nowMs;
    this.root = lake.root();
    this.folder = lake.state().resolve("alerts").toAbsolutePath().normalize();
  }

  /**
   * Those of a lake for whoever tells and looks up how things stand, which asks no clock: not for
   * changes that are counted.
   */
  public static ToldAlerts standing(LakeLayout lake) {
    return new ToldAlerts(
        lake,
        () -> {
          throw new IllegalStateException("a change that is counted, and no clock");
        });
  }

  /**
   * Whether an alert was told already. A file that is damaged says no.
   *
   * @throws IOException if that cannot be read
   */
  public boolean isTold(String subject, String target, Mark mark) throws IOException {
    try {
      return last(file(subject, target)).filter(last -> mark.isToldBy(last, nowMs)).isPresent();
    } catch (NoSuchFileException none) {
      return mark.well;
    }
  }

  /**
   * The word that a target was told of a subject last; empty if none is known.
   *
   * @throws IOException if that cannot be read
   */
  public Optional<String> lastWord(String subject, String target) throws IOException {
    return last(subject, target).map(Mark::what);
  }

  /**
   * What a target was told of a subject last; empty if nothing is known.
   *
   * @throws IOException if that cannot be read
   */
  public Optional<Mark> last(String subject, String target) throws IOException {
    try {
      return last(file(subject, target));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private static Optional<Mark> last(Path file) throws IOException {
    Mark newest = NOT_NOTED.get(file);
    if (newest != null) {
      return Optional.of(newest);
    }
    return SmallFile.text(file, MAX_BYTES).flatMap(text -> parse(text.strip()));
  }

  private static Optional<Mark> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches() || parts.group(1).length() > 18 || parts.group(2).length() > 18) {
      return Optional.empty();
    }
    return Optional.of(
        new Mark(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3)));
  }

  /**
   * Notes that an alert was told, in one step.
   *
   * @throws IOException if that cannot be written; for as long as this JVM runs it is known all the
   *     same
   */
  public void tell(String subject, String target, Mark mark) throws IOException {
    Path file = file(subject, target);
    NOT_NOTED.put(file, mark);
    Durable.createFolders(root, folder);
    String text = "epoch=" + mark.epochMs + " at=" + mark.atMs + " what=" + mark.what + "\n";
    Durable.write(file, text.getBytes(StandardCharsets.UTF_8));
    NOT_NOTED.remove(file);
  }

  private Path file(String subject, String target) {
    return folder.resolve(subject + "-" + target);
  }
}
