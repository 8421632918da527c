package dev.candles.batch.quality.report;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.scan.PartitionReport;
import dev.candles.batch.quality.scan.PartitionReport.Standing;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.StateCounts;
import dev.candles.lake.compact.PartitionLock;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.disk.SmallFile;
import dev.candles.lake.layout.Dates;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the certificates, one per venue and day, with what is in the lake, and puts those of the
 * days that are over there.
 */
public final class Certificates {
  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
  private static final String FOLDER = "certificates";

  private static final String VENUE = "venue=";
  private static final String SUFFIX = ".json";

  /** So long after the end of a day its last minutes may get their states from a live venue. */
  private static final long SETTLED_MS = Timeframe.H1.millis();

  /** So long after the end of a day a venue that tells nothing more is no longer waited for. */
  private static final long GIVEN_UP_MS = Timeframe.D1.millis();

  private final Path root;
  private final Map<Path, Version> seen = new HashMap<>();
  private final Set<Path> damaged = new HashSet<>();
  private final List<String> kept = new ArrayList<>();
  private final List<Finding> lost = new ArrayList<>();

  /** What tells a file from one that was put into its place. */
  private record Version(FileTime modified, long bytes, Optional<Object> key) {
    static Version of(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey()));
    }
  }

  private Certificates(Path root) {
    this.root = root;
  }

  /**
   * Those that are there before the lake is read: whatever they certify is to be found then. One
   * that another process writes meanwhile may know of more. That they cannot be listed is found.
   */
  public static Certificates before(Path root) {
    Certificates all = new Certificates(root);
    try {
      for (String venue : names(root.resolve(FOLDER), VENUE, "")) {
        for (LocalDate day : days(root, venue)) {
          all.see(file(root, venue, day));
        }
      }
    } catch (IOException e) {
      all.lost.add(new Finding(FindingType.UNLISTABLE, "", FOLDER, Finding.NO_TIME, e.toString()));
    }
    return all;
  }

  private void see(Path file) throws IOException {
    try {
      seen.put(file, Version.of(file));
    } catch (NoSuchFileException moved) {
      LOG.info("event=certificate_gone file={}", LogValue.of(file)); // a forgotten stream's
    }
  }

  /** Where the certificate of a venue and day (UTC) is. */
  public static Path file(Path root, String venue, LocalDate date) {
    return root.resolve(FOLDER).resolve(VENUE + venue).resolve(date + SUFFIX);
  }

  /**
   * Compares them with what was found, and writes those that are not there or say something else.
   * None of a day of which a stream lacks the last minutes: in the venue's next hour they may get
   * their states, and until then nothing tells that they were expected. One whose day is damaged,
   * or holds less than was certified, stays as it is: it is what tells of the damage. A lake that
   * cannot be written to gets none, and the log says so.
   *
   * @param mode whether to write
   * @param reports what was read: of a day that is not over they tell what is here, judged or not,
   *     and of which partitions less may be here than was certified
   * @param grown partitions that got files while they were read: their days are for the next run
   * @param fromMs days before are not looked at, epoch ms, UTC
   * @param closedToMs days that end later are not over, epoch ms, UTC
   * @param wanted venues that are looked at; certificates of a venue or day of which nothing is
   *     here any more are kept too
   */
  public void compare(
      Mode mode,
      List<StreamReport> streams,
      Collection<PartitionReport> reports,
      Collection<Partition> grown,
      long fromMs,
      long closedToMs,
      Predicate<String> wanted) {
    damaged(reports).forEach(day -> damaged.add(file(root, day.stream().venue(), day.date())));
    Set<Path> growing = new HashSet<>();
    grown.forEach(day -> growing.add(file(root, day.stream().venue(), day.date())));
    try (Alone alone = mode == Mode.WRITE ? Alone.tryBe(root) : new Alone(Optional.empty())) {
      List<StreamReport> here = here(root, streams);
      for (Certificate now : now(here, fromMs, wanted)) {
        boolean over = endMs(now.date()) <= closedToMs;
        boolean settled = isSettled(now, here, closedToMs) || isWhole(now, here);
        if (!growing.contains(file(root, now.venue(), now.date()))) {
          compareOne(over ? now : unjudged(now, reports), over && settled && alone.isSo());
        }
      }
    } catch (IOException e) {
      LOG.warn("event=certificates_not_written error={}", LogValue.of(e));
    }
  }

  /** Whether {@link #compare} may write. */
  public enum Mode {
    /** Writes. */
    WRITE,
    /** Leaves the lake as it is. */
    READ_ONLY
  }

  /**
   * The files that stayed as they are though the lake says something else now, relative to the
   * lake; after {@link #compare}.
   */
  public List<String> kept() {
    return List.copyOf(kept);
  }

  /**
   * What was certified and is not here, though nothing here is damaged, and certificates that
   * cannot be read or listed; after {@link #compare}.
   */
  public List<Finding> lost() {
    return List.copyOf(lost);
  }

  /** Keeps others that write certificates away; who cannot compares them and writes none. */
  private record Alone(Optional<PartitionLock> lock) implements AutoCloseable {
    /** Of a forgetting that was killed the certificates are still to be parted as they are. */
    static Alone tryBe(Path root) {
      try {
        LakeLayout layout = new LakeLayout(root);
        Alone alone = new Alone(PartitionLock.tryTakeCertificates(layout));
        if (!alone.isSo()) {
          return none("another process writes them");
        }
        if (Files.exists(layout.forgetNote())) {
          alone.close();
          return none("streams are being forgotten");
        }
        return alone;
      } catch (IOException e) {
        LOG.warn("event=certificates_not_written error={}", LogValue.of(e));
        return new Alone(Optional.empty());
      }
    }

    private static Alone none(String why) {
      LOG.warn("event=certificates_not_written error={}", LogValue.of(why));
      return new Alone(Optional.empty());
    }

    boolean isSo() {
      return lock.isPresent();
    }

    @Override
    public void close() throws IOException {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  /** Without the streams that were forgotten since they were read. */
  private static List<StreamReport> here(Path root, List<StreamReport> streams) throws IOException {
    LakeLayout layout = new LakeLayout(root);
    List<StreamKey> gone =
        streams.stream()
            .map(StreamReport::stream)
            .filter(stream -> !Files.isDirectory(layout.stream(Folder.CANDLES, stream)))
            .toList();
    if (gone.isEmpty()) {
      return streams;
    }
    Set<StreamKey> known = new LakeAccounts(root).streams();
    return streams.stream().filter(report -> known.contains(report.stream())).toList();
  }

  /**
   * What is here of a day that is not over: how far the lake reaches is told by what is left of it,
   * so what was certified must be here however little of the day is judged.
   */
  private static Certificate unjudged(Certificate day, Collection<PartitionReport> reports) {
    List<Certificate.Stream> here = new ArrayList<>();
    for (PartitionReport report : reports) {
      Partition id = report.id();
      if (id.date().equals(day.date()) && id.stream().venue().equals(day.venue())) {
        long finals = report.present().length() / id.stream().timeframe().millis();
        StateCounts counts = new StateCounts(finals, 0, 0, 0, 0);
        here.add(new Certificate.Stream(id.stream(), counts, 0, report.files()));
      }
    }
    return new Certificate(day.venue(), day.date(), here);
  }

  /** Those with a file that is not what was sealed, or could not be read. */
  private static List<Partition> damaged(Collection<PartitionReport> reports) {
    return reports.stream()
        .filter(
            report ->
                report.standing() == Standing.DAMAGED
                    || report.findings().stream().anyMatch(found -> found.kind().deniesSeal()))
        .map(PartitionReport::id)
        .toList();
  }

  /**
   * Whether its last minutes have had the time to get their states. The venue's own streams tell:
   * while its connection is down, only other venues go on.
   */
  private static boolean isSettled(Certificate day, List<StreamReport> streams, long closedToMs) {
    long reachedMs = reaches(day, streams).max().orElse(Long.MIN_VALUE);
    long endMs = endMs(day.date());
    return endMs + SETTLED_MS <= Math.min(closedToMs, reachedMs)
        || endMs + GIVEN_UP_MS <= closedToMs;
  }

  /** Whether each stream of which something is in the day reaches its end. */
  private static boolean isWhole(Certificate day, List<StreamReport> streams) {
    long endMs = endMs(day.date());
    return reaches(day, streams)
        .noneMatch(toMs -> toMs > Dates.startMs(day.date()) && toMs < endMs);
  }

  /** How far each stream of its venue is known, epoch ms, UTC. */
  private static LongStream reaches(Certificate day, List<StreamReport> streams) {
    return streams.stream()
        .filter(report -> report.stream().venue().equals(day.venue()))
        .mapToLong(report -> report.account().toMs());
  }

  private static long endMs(LocalDate date) {
    return (date.toEpochDay() + 1) * Timeframe.D1.millis();
  }

  /** What every day could be certified with; of one of which nothing is left, nothing. */
  private List<Certificate> now(List<StreamReport> streams, long fromMs, Predicate<String> wanted)
      throws IOException {
    TreeMap<String, TreeMap<LocalDate, List<Certificate.Stream>>> venues = new TreeMap<>();
    for (StreamReport stream : streams) {
      for (DayCell day : stream.days()) {
        venues
            .computeIfAbsent(stream.stream().venue(), venue -> new TreeMap<>())
            .computeIfAbsent(day.date(), date -> new ArrayList<>())
            .add(new Certificate.Stream(stream.stream(), day.counts(), day.wrong(), day.files()));
      }
    }
    for (String venue : names(root.resolve(FOLDER), VENUE, "")) {
      if (wanted.test(venue)) {
        for (LocalDate day : days(root, venue)) {
          if (endMs(day) > fromMs) {
            venues
                .computeIfAbsent(venue, other -> new TreeMap<>())
                .computeIfAbsent(day, other -> new ArrayList<>());
          }
        }
      }
    }
    List<Certificate> all = new ArrayList<>();
    venues.forEach(
        (venue, days) -> days.forEach((date, held) -> all.add(new Certificate(venue, date, held))));
    return all;
  }

  /** The days (UTC) of a venue that have a certificate, in no order. */
  static List<LocalDate> days(Path root, String venue) throws IOException {
    return names(root.resolve(FOLDER).resolve(VENUE + venue), "", SUFFIX).stream()
        .flatMap(name -> date(name).stream())
        .toList();
  }

  private static List<String> names(Path folder, String prefix, String suffix) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(prefix) && name.endsWith(suffix)) {
          names.add(name.substring(prefix.length(), name.length() - suffix.length()));
        }
      }
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (DirectoryIteratorException broken) {
      throw broken.getCause();
    }
    return names;
  }

  private static Optional<LocalDate> date(String name) {
    try {
      return Optional.of(LocalDate.parse(name));
    } catch (DateTimeParseException notOurs) {
      return Optional.empty();
    }
  }

  /** Whatever is wrong with one, the others are looked at. */
  private void compareOne(Certificate now, boolean mayWrite) {
    try {
      compare(now, mayWrite);
    } catch (IOException e) {
      LOG.warn("event=certificates_not_written error={}", LogValue.of(e));
    }
  }

  private void compare(Certificate now, boolean mayWrite) throws IOException {
    Path file = file(root, now.venue(), now.date());
    byte[] content = CertificateJson.encode(now);
    boolean exists = Files.exists(file);
    if (exists && says(file, content)) {
      return;
    }
    if (exists && !Version.of(file).equals(seen.get(file))) {
      LOG.info("event=certificate_newer file={}", LogValue.of(file)); // than what was read
    } else if (exists && (damaged.contains(file) || loses(file, now))) {
      LOG.warn("event=certificate_kept file={}", LogValue.of(file));
      kept.add(root.relativize(file).toString());
    } else if (mayWrite && !now.streams().isEmpty()) {
      Durable.createFolders(root, file.resolveSibling(""));
      Durable.write(file, content);
    }
  }

  private static boolean says(Path file, byte[] content) {
    try {
      return SmallFile.bytes(file, content.length)
          .filter(there -> Arrays.equals(there, content))
          .isPresent();
    } catch (IOException e) {
      return false; // which is found when it is read for what it certified
    }
  }

  /** Nobody can tell what one that cannot be read has certified: it stays for a person to see. */
  private boolean loses(Path file, Certificate now) {
    Optional<String> loss;
    try {
      loss = CertificateLoss.of(CertificateJson.read(file), now);
    } catch (IOException e) {
      LOG.warn("event=certificate_unreadable file={} error={}", LogValue.of(file), LogValue.of(e));
      loss = Optional.of("cannot be read: " + e.getMessage());
    }
    String name = root.relativize(file).toString();
    long dayMs = Dates.startMs(now.date());
    loss.ifPresent(
        value -> lost.add(new Finding(FindingType.CERTIFIED_LOST, "", name, dayMs, value)));
    return loss.isPresent();
  }
}
