package dev.candles.batch.quality.report;

import dev.candles.core.candle.StreamKey;
import dev.candles.lake.disk.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parts the certificates of a lake whose streams were moved to another: each lake gets one of what
 * it holds. The certificate as it was stays beside the other one, {@value #WHOLE} behind its date:
 * its lines are those of the two, in the order of their streams, so whoever has noted its root hash
 * can still make it. Stopped anywhere, the next run finishes.
 */
public final class CertificateSplit {
  /** What a certificate of both parts is called; nobody takes it for one of its lake. */
  static final String WHOLE = ".whole";

  private final Path from;
  private final Path to;
  private final Set<StreamKey> streams;
  private final Runnable step;

  /**
   * @param from the lake that the streams are taken out of
   * @param to the lake that they go to
   * @param step told whenever something on the disk has changed
   */
  public CertificateSplit(Path from, Path to, Set<StreamKey> streams, Runnable step) {
    this.from = from;
    this.to = to;
    this.streams = Set.copyOf(streams);
    this.step = step;
  }

  /**
   * Parts those that are about the streams.
   *
   * @return how many that were
   * @throws IOException if one cannot be read or written
   */
  public int carryOut() throws IOException {
    int parted = 0;
    for (Certificate certificate : concerned(from, streams)) {
      part(certificate);
      parted++;
    }
    return parted;
  }

  /**
   * The certificates of a lake that are about some streams.
   *
   * @throws IOException if one of their venues cannot be read; the message names it
   */
  public static List<Certificate> concerned(Path root, Set<StreamKey> streams) throws IOException {
    Set<String> venues = new TreeSet<>();
    streams.forEach(stream -> venues.add(stream.venue()));
    List<Certificate> concerned = new ArrayList<>();
    for (String venue : venues) {
      for (LocalDate day : Certificates.days(root, venue)) {
        Path file = Certificates.file(root, venue, day);
        try {
          Certificate certificate = CertificateJson.read(file);
          if (certificate.streams().stream().anyMatch(s -> streams.contains(s.stream()))) {
            concerned.add(certificate);
          }
        } catch (IOException e) {
          throw new IOException("certificate cannot be read: " + file + ": " + e.getMessage(), e);
        }
      }
    }
    return concerned;
  }

  private void part(Certificate whole) throws IOException {
    List<Certificate.Stream> gone = new ArrayList<>();
    List<Certificate.Stream> rest = new ArrayList<>();
    whole.streams().forEach(s -> (streams.contains(s.stream()) ? gone : rest).add(s));
    Path here = Certificates.file(from, whole.venue(), whole.date());
    Path there = Certificates.file(to, whole.venue(), whole.date());
    Durable.createFolders(to, there.resolveSibling(""));
    write(there.resolveSibling(there.getFileName() + WHOLE), whole);
    write(there, new Certificate(whole.venue(), whole.date(), gone));
    if (rest.isEmpty()) {
      Files.delete(here);
      Durable.flushFolder(here.resolveSibling(""));
      step.run();
    } else {
      write(here, new Certificate(whole.venue(), whole.date(), rest));
    }
  }

  private void write(Path file, Certificate certificate) throws IOException {
    Durable.write(file, CertificateJson.encode(certificate));
    step.run();
  }
}
