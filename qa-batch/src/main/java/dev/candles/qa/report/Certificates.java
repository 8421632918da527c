package dev.candles.qa.report;

import dev.candles.core.candle.Timeframe;
import dev.candles.lake.disk.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
   * Writes those that are not there or say something else. A lake that cannot be written to gets
   * none, and the log says so.
   *
   * @param closedToMs days that end later are not over, epoch ms, UTC
   */
  public static void write(Path root, List<StreamReport> streams, long closedToMs) {
    Map<String, Map<LocalDate, List<Certificate.Stream>>> venues = new TreeMap<>();
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
    try {
      for (Map.Entry<String, Map<LocalDate, List<Certificate.Stream>>> venue : venues.entrySet()) {
        for (Map.Entry<LocalDate, List<Certificate.Stream>> day : venue.getValue().entrySet()) {
          write(root, new Certificate(venue.getKey(), day.getKey(), day.getValue()));
        }
      }
    } catch (IOException e) {
      LOG.warn("event=certificates_not_written error={}", e.toString());
    }
  }

  private static void write(Path root, Certificate certificate) throws IOException {
    Path file = file(root, certificate.venue(), certificate.date());
    byte[] content = CertificateJson.encode(certificate);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    Files.createDirectories(file.resolveSibling("."));
    Durable.write(file, content);
  }
}
