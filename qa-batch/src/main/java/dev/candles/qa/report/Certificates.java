package dev.candles.qa.report;

import dev.candles.core.candle.Timeframe;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the certificates of the days that are over into the lake, one per venue and day. */
public final class Certificates {
  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
  private static final String FOLDER = "certificates";

  private Certificates() {}

  /** Where the certificate of a venue and day (UTC) is. */
  public static Path file(Path root, String venue, LocalDate date) {
    return root.resolve(FOLDER).resolve("venue=" + venue).resolve(date + ".json");
  }

  /**
   * Writes those that are not there or say something else. One whose day is damaged stays as it is:
   * it is what tells of the damage. A lake that cannot be written to gets none, and the log says
   * so.
   *
   * @param damaged partitions of which less may be here than was certified
   * @param closedToMs days that end later are not over, epoch ms, UTC
   * @return the files that stayed as they are though the lake says something else now, relative to
   *     the lake
   */
  public static List<String> write(
      Path root, List<StreamReport> streams, Collection<Partition> damaged, long closedToMs) {
    Map<String, Map<LocalDate, List<Certificate.Stream>>> venues = new TreeMap<>();
    Set<Path> keep = new HashSet<>();
    damaged.forEach(day -> keep.add(file(root, day.stream().venue(), day.date())));
    for (StreamReport stream : streams) {
      for (DayCell day : stream.days()) {
        if ((day.date().toEpochDay() + 1) * Timeframe.D1.millis() <= closedToMs) {
          venues
              .computeIfAbsent(stream.stream().venue(), venue -> new TreeMap<>())
              .computeIfAbsent(day.date(), date -> new ArrayList<>())
              .add(new Certificate.Stream(stream.stream(), day.counts(), day.files()));
        }
      }
    }
    List<String> kept = new ArrayList<>();
    try {
      for (Map.Entry<String, Map<LocalDate, List<Certificate.Stream>>> venue : venues.entrySet()) {
        for (Map.Entry<LocalDate, List<Certificate.Stream>> day : venue.getValue().entrySet()) {
          Path file = file(root, venue.getKey(), day.getKey());
          Certificate now = new Certificate(venue.getKey(), day.getKey(), day.getValue());
          if (!write(file, now, keep.contains(file))) {
            kept.add(root.relativize(file).toString());
          }
        }
      }
    } catch (IOException e) {
      LOG.warn("event=certificates_not_written error={}", e.toString());
    }
    return kept;
  }

  /** False if there is another one that stays. */
  private static boolean write(Path file, Certificate certificate, boolean keep)
      throws IOException {
    byte[] content = CertificateJson.encode(certificate);
    if (Files.exists(file)) {
      if (Arrays.equals(Files.readAllBytes(file), content)) {
        return true;
      }
      if (keep) {
        LOG.warn("event=certificate_kept file={}", file);
        return false;
      }
    }
    Files.createDirectories(file.resolveSibling("."));
    Durable.write(file, content);
    return true;
  }
}
