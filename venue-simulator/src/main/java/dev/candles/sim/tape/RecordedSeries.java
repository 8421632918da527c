package dev.candles.sim.tape;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Recorded candles as they stand in a file.
 *
 * @param stepMs length of an interval: one or five minutes
 * @param rows ascending by open time, each open time once
 */
record RecordedSeries(long stepMs, List<Row> rows) {
  private static final int MAX_ROWS = 6_000_000;
  private static final Set<String> TIMES = Set.of("start", "date", "timestamp", "ts_ms");
  private static final List<String> VALUES = List.of("open", "high", "low", "close", "volume");
  private static final long MINUTE = 60_000;

  /** One recorded candle; {@code openTimeMs} is epoch ms, UTC. */
  record Row(
      long openTimeMs,
      BigDecimal open,
      BigDecimal high,
      BigDecimal low,
      BigDecimal close,
      BigDecimal volume) {}

  /**
   * Reads a CSV with a header. Columns may stand in any order: one of {@code start date timestamp
   * ts_ms} in epoch seconds or milliseconds, and {@code open high low close volume}.
   *
   * @throws IOException if it is not such a series of one-minute or five-minute steps
   */
  static RecordedSeries read(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String header = lines.readLine();
      if (header == null) {
        throw new IOException("recorded series is empty: file=" + file);
      }
      int[] columns = columns(header, file);
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (rows.size() == MAX_ROWS) {
          throw new IOException("recorded series has more than " + MAX_ROWS + " rows: " + file);
        }
        if (!line.isBlank()) {
          rows.add(row(line, columns, file + ":" + number));
        }
      }
    }
    rows.sort(Comparator.comparingLong(Row::openTimeMs));
    return new RecordedSeries(step(rows, file), List.copyOf(rows));
  }

  private static int[] columns(String header, Path file) throws IOException {
    List<String> names = List.of(header.toLowerCase(Locale.ROOT).strip().split(",", -1));
    int[] columns = new int[1 + VALUES.size()];
    columns[0] = -1;
    for (int i = names.size() - 1; i >= 0; i--) {
      if (TIMES.contains(names.get(i))) {
        columns[0] = i;
      }
    }
    for (int i = 0; i < VALUES.size(); i++) {
      columns[i + 1] = names.indexOf(VALUES.get(i));
    }
    for (int column : columns) {
      if (column < 0) {
        throw new IOException(
            "recorded series needs a time column of "
                + TIMES
                + " and "
                + VALUES
                + ": file="
                + file
                + ", header="
                + header);
      }
    }
    return columns;
  }

  /** Only 0 to 9 are digits, whatever else Unicode calls so. */
  private static BigDecimal number(String text) {
    if (!text.chars().allMatch(c -> c < 0x80)) {
      throw new NumberFormatException("not a number: " + text);
    }
    return new BigDecimal(text);
  }

  private static Row row(String line, int[] columns, String where) throws IOException {
    String[] cells = line.split(",", -1);
    BigDecimal[] values = new BigDecimal[columns.length];
    try {
      for (int i = 0; i < columns.length; i++) {
        values[i] = number(cells[columns[i]].strip());
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("row of recorded series is not numbers: " + where, e);
    }
    long time = values[0].longValue();
    return check(
        new Row(
            time < 100_000_000_000L ? time * 1_000 : time,
            values[1],
            values[2],
            values[3],
            values[4],
            values[5]),
        where);
  }

  private static Row check(Row row, String where) throws IOException {
    boolean shaped =
        row.low.signum() > 0
            && row.high.compareTo(row.open.max(row.close)) >= 0
            && row.low.compareTo(row.open.min(row.close)) <= 0;
    if (!shaped || row.volume.signum() < 0 || row.openTimeMs % MINUTE != 0) {
      throw new IOException("row of recorded series is no candle: " + where + ": " + row);
    }
    return row;
  }

  private static long step(List<Row> rows, Path file) throws IOException {
    long step = Long.MAX_VALUE;
    for (int i = 1; i < rows.size(); i++) {
      step = Math.min(step, rows.get(i).openTimeMs - rows.get(i - 1).openTimeMs);
    }
    if (step != MINUTE && step != 5 * MINUTE) {
      throw new IOException(
          "recorded series must step by 1m or 5m: file=" + file + ", step_ms=" + step);
    }
    for (Row row : rows) {
      if (row.openTimeMs % step != 0) {
        throw new IOException(
            "recorded series leaves its step: file=" + file + ", open_time_ms=" + row.openTimeMs);
      }
    }
    return step;
  }
}
