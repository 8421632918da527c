package dev.candles.batch.quality.html;

import dev.candles.batch.quality.report.DayCell;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.StateCounts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A day (UTC) of a venue on which intervals are lacking or something was found.
 *
 * @param streams those concerned, the worst first
 * @param minutes intervals per state of its streams of minutes
 * @param findings of all of its streams, without warnings
 * @param warnings of all of its streams
 */
record TroubledDay(
    LocalDate date,
    String venue,
    List<StreamKey> streams,
    StateCounts minutes,
    int findings,
    int warnings) {

  /** Most findings first, then most lacking minutes, then the newest; mere warnings come last. */
  private static final Comparator<TroubledDay> WORST_FIRST =
      Comparator.comparing(TroubledDay::onlyWarned)
          .thenComparing(Comparator.comparingInt(TroubledDay::findings).reversed())
          .thenComparing(Comparator.comparingLong(TroubledDay::lackingMinutes).reversed())
          .thenComparing(Comparator.comparing(TroubledDay::date).reversed())
          .thenComparing(TroubledDay::venue);

  private record Concerned(StreamKey stream, DayCell day) {
    long lackingMs() {
      return lacking(day.counts()) * stream.timeframe().millis();
    }
  }

  private static final Comparator<Concerned> WORST_STREAM_FIRST =
      Comparator.comparingInt((Concerned c) -> c.day.wrong())
          .thenComparingLong(Concerned::lackingMs)
          .reversed()
          .thenComparing(c -> c.stream.timeframe())
          .thenComparing(c -> c.stream.id());

  private record DayOfVenue(LocalDate date, String venue) {}

  /** All of them, the worst first. */
  static List<TroubledDay> of(List<StreamReport> streams) {
    Map<DayOfVenue, List<Concerned>> groups =
        new TreeMap<>(Comparator.comparing(DayOfVenue::date).thenComparing(DayOfVenue::venue));
    for (StreamReport stream : streams) {
      for (DayCell day : stream.days()) {
        if (lacking(day.counts()) > 0 || day.findings() > 0) {
          groups
              .computeIfAbsent(
                  new DayOfVenue(day.date(), stream.stream().venue()), key -> new ArrayList<>())
              .add(new Concerned(stream.stream(), day));
        }
      }
    }
    return groups.entrySet().stream()
        .map(group -> of(group.getKey(), group.getValue()))
        .sorted(WORST_FIRST)
        .toList();
  }

  private static TroubledDay of(DayOfVenue key, List<Concerned> concerned) {
    StateCounts minutes =
        concerned.stream()
            .filter(c -> c.stream.timeframe() == Timeframe.BASE)
            .map(c -> c.day.counts())
            .reduce(StateCounts.NONE, StateCounts::plus);
    int findings = concerned.stream().mapToInt(c -> c.day.wrong()).sum();
    int all = concerned.stream().mapToInt(c -> c.day.findings()).sum();
    List<StreamKey> streams =
        concerned.stream().sorted(WORST_STREAM_FIRST).map(Concerned::stream).toList();
    return new TroubledDay(key.date, key.venue, streams, minutes, findings, all - findings);
  }

  private static long lacking(StateCounts counts) {
    return counts.expected() - counts.whole();
  }

  /** Minutes that have neither a candle nor a proof, of all of its streams of minutes. */
  long lackingMinutes() {
    return lacking(minutes);
  }

  /** Whether no minute is lacking and nothing was found but what is only odd. */
  boolean onlyWarned() {
    return findings == 0 && lackingMinutes() == 0 && warnings > 0;
  }
}
