package dev.candles.core.health;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint keeps of a venue's health, as bytes: a version, the fields in order, a
 * checksum.
 *
 * @param epochMs when this record was begun, market time, epoch ms, UTC: numbers of changes start
 *     anew with it
 * @param untold changes of which nobody was told yet, oldest first
 */
public record KeptHealth(long epochMs, VenueHealth.Snapshot health, List<Transition> untold) {
  /** Changes that wait to be told at most; the oldest goes. */
  public static final int MOST_UNTOLD = 100;

  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = Long.BYTES;
  private static final int MOST = 1_000_000;

  /** Bounds what waits. */
  public KeptHealth {
    untold = List.copyOf(untold.subList(Math.max(0, untold.size() - MOST_UNTOLD), untold.size()));
  }

  /** Of a venue of which nothing is known at {@code nowMs}. */
  public static KeptHealth fresh(long nowMs) {
    return new KeptHealth(nowMs, VenueHealth.Snapshot.fresh(nowMs), List.of());
  }

  /** The bytes, readable by {@link #of} of this version and later ones. */
  public byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(epochMs);
      out.writeUTF(health.state().name());
      out.writeLong(health.sinceMs());
      out.writeLong(health.transitions());
      out.writeInt(health.window().size());
      for (VenueHealth.Failure failure : health.window()) {
        out.writeLong(failure.atMs());
        out.writeUTF(failure.reason().name());
      }
      out.writeInt(untold.size());
      for (Transition change : untold) {
        write(change, out);
      }
      out.writeLong(checksum(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("nothing in memory fails", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Transition change, DataOutputStream out) throws IOException {
    out.writeLong(change.number());
    out.writeUTF(change.from().name());
    out.writeUTF(change.to().name());
    out.writeInt(change.failures());
    out.writeUTF(change.failure() == null ? "" : change.failure().name());
    out.writeBoolean(change.quiet());
    out.writeLong(change.atMs());
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IllegalStateException if the bytes are damaged or of an unknown version
   */
  public static KeptHealth of(byte[] bytes) {
    if (bytes.length < 1 + CHECKSUM_BYTES) {
      throw unreadable("length=" + bytes.length, null);
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw unreadable("version=" + version + ", expected " + VERSION, null);
      }
      byte[] fields = Arrays.copyOf(bytes, bytes.length - CHECKSUM_BYTES);
      KeptHealth kept = read(in);
      if (in.readLong() != checksum(fields)) {
        throw unreadable("the checksum differs", null);
      }
      return kept;
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable("it is damaged", e);
    }
  }

  private static KeptHealth read(DataInputStream in) throws IOException {
    long epochMs = in.readLong();
    HealthState state = HealthState.valueOf(in.readUTF());
    long sinceMs = in.readLong();
    long transitions = in.readLong();
    List<VenueHealth.Failure> window = new ArrayList<>();
    for (int n = size(in); n > 0; n--) {
      window.add(new VenueHealth.Failure(in.readLong(), FailureReason.valueOf(in.readUTF())));
    }
    List<Transition> untold = new ArrayList<>();
    for (int n = size(in); n > 0; n--) {
      untold.add(transition(in));
    }
    var health = new VenueHealth.Snapshot(state, sinceMs, transitions, window);
    return new KeptHealth(epochMs, health, untold);
  }

  private static Transition transition(DataInputStream in) throws IOException {
    long number = in.readLong();
    HealthState from = HealthState.valueOf(in.readUTF());
    HealthState to = HealthState.valueOf(in.readUTF());
    int failures = in.readInt();
    String failure = in.readUTF();
    return new Transition(
        number,
        from,
        to,
        failures,
        failure.isEmpty() ? null : FailureReason.valueOf(failure),
        in.readBoolean(),
        in.readLong());
  }

  private static int size(DataInputStream in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > MOST) {
      throw new IOException("no such size: " + size);
    }
    return size;
  }

  private static long checksum(byte[] fields) {
    CRC32 crc = new CRC32();
    crc.update(fields);
    return crc.getValue();
  }

  private static IllegalStateException unreadable(String why, @Nullable Throwable cause) {
    return new IllegalStateException(
        "the health of a venue in this checkpoint cannot be read: " + why, cause);
  }
}
