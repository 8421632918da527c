package dev.candles.interop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The right answers to the questions in {@code questions/}, reckoned from the rows that were
 * written. All volumes are sixteenths: their sums are exact in every order.
 */
final class Answers {
  private Answers() {}

  /** What {@code questions/candles.sql} and {@code revisions.sql} give: one row per stream. */
  static List<List<Object>> ofCandles(List<Candle> candles) {
    return grouped(candles, c -> c.stream().id(), Answers::row);
  }

  /** What {@code questions/coverage.sql} gives: one row per stream and state. */
  static List<List<Object>> ofCoverage(List<CoverageRow> rows) {
    return grouped(rows, r -> r.stream().id() + "/" + r.state(), Answers::coverageRow);
  }

  private static List<Object> row(List<Candle> candles) {
    StreamKey stream = candles.get(0).stream();
    List<Object> row = new ArrayList<>(key(stream));
    row.add((long) candles.size());
    row.add(candles.stream().mapToDouble(Candle::volume).sum());
    row.add(fold(candles.stream().map(Candle::openTimeMs), Math::min));
    row.add(fold(candles.stream().map(Candle::openTimeMs), Math::max));
    row.add(candles.stream().filter(c -> c.quoteVolume() != null).count());
    row.add(fold(candles.stream().map(Candle::quoteVolume), Double::sum));
    row.add(candles.stream().filter(c -> c.takerBuyVolume() != null).count());
    row.add(fold(candles.stream().map(Candle::takerBuyVolume), Double::sum));
    row.add(candles.stream().filter(c -> c.tradeCount() != null).count());
    row.add(fold(candles.stream().map(Candle::tradeCount), Long::sum));
    row.add(fold(candles.stream().map(Candle::lastTradeId), Math::max));
    row.add(candles.stream().mapToLong(Candle::revision).sum());
    row.add(fold(candles.stream().map(c -> c.evidence().name()), Answers::larger));
    row.add(fold(candles.stream().map(Answers::date), Answers::smaller));
    row.add(fold(candles.stream().map(Answers::date), Answers::larger));
    return row;
  }

  private static List<Object> coverageRow(List<CoverageRow> rows) {
    List<Object> row = new ArrayList<>(key(rows.get(0).stream()));
    row.add(rows.get(0).state().name());
    row.add((long) rows.size());
    row.add(fold(rows.stream().map(CoverageRow::fromMs), Math::min));
    row.add(fold(rows.stream().map(CoverageRow::toMs), Math::max));
    row.add(rows.stream().filter(r -> r.evidence() != null).count());
    row.add(fold(rows.stream().map(CoverageRow::seq), Math::max));
    row.add(fold(rows.stream().map(r -> date(r.atMs())), Answers::smaller));
    row.add(fold(rows.stream().map(r -> date(r.atMs())), Answers::larger));
    return row;
  }

  private static List<String> key(StreamKey stream) {
    return List.of(stream.venue(), stream.symbol(), stream.timeframe().label());
  }

  private static String date(Candle candle) {
    return Partition.of(candle.stream(), candle.openTimeMs()).date().toString();
  }

  private static String date(long epochMs) {
    return Instant.ofEpochMilli(epochMs).atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static String smaller(String a, String b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static String larger(String a, String b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** As SQL does: nulls do not count, and nothing at all is null. */
  private static <T> @Nullable T fold(Stream<? extends @Nullable T> values, BinaryOperator<T> of) {
    T result = null;
    for (T value : values.toList()) {
      if (value != null) {
        result = result == null ? value : of.apply(result, value);
      }
    }
    return result;
  }

  private interface Key<T> {
    String of(T row);
  }

  private interface Fold<T> {
    List<Object> of(List<T> rows);
  }

  private static <T> List<List<Object>> grouped(List<T> rows, Key<T> key, Fold<T> fold) {
    return rows.stream()
        .map(key::of)
        .distinct()
        .sorted(Comparator.naturalOrder())
        .map(k -> fold.of(rows.stream().filter(r -> key.of(r).equals(k)).toList()))
        .toList();
  }

  /** Writes answers for readers that are not Java: one list of rows per question. */
  static void write(Path file, List<ReadersLake.Question> questions) throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(file.toFile(), com.fasterxml.jackson.core.JsonEncoding.UTF8)) {
      json.writeStartObject();
      for (ReadersLake.Question question : questions) {
        json.writeArrayFieldStart(question.name());
        for (List<Object> row : question.answer()) {
          json.writeStartArray();
          for (Object cell : row) {
            if (cell == null) {
              json.writeNull();
            } else if (cell instanceof Double number) {
              json.writeNumber(number);
            } else if (cell instanceof Long number) {
              json.writeNumber(number);
            } else {
              json.writeString(cell.toString());
            }
          }
          json.writeEndArray();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
  }
}
