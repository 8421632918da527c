package dev.candles.cli.status;

import dev.candles.cli.status.Concern.Level;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.Newest;
import dev.candles.lake.state.UnlistedSymbols;
import dev.candles.text.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells from a status what is wrong, since when, what is done about it, when it is over and whether
 * data is lost. Pure.
 */
public final class Concerns {
  static final String NOT_LOST = "no";
  static final String AS_FAR_AS_KEPT =
      "not yet: what is missed is fetched afterwards, as far back as the venues keep it";

  private final Status status;
  private final List<Concern> concerns = new ArrayList<>();

  private Concerns(Status status) {
    this.status = status;
  }

  /** All of them, the worst first. */
  public static List<Concern> of(Status status) {
    Concerns all = new Concerns(status);
    all.collector();
    all.checkpoint();
    status.venues().forEach(all::venue);
    all.unlisted();
    all.concerns.addAll(GapConcerns.of(status));
    all.concerns.addAll(QaConcerns.of(status));
    DiskConcern.of(status.disk(), status.isRunning()).ifPresent(all.concerns::add);
    all.forgetting();
    all.files();
    all.concerns.sort(Comparator.comparing(Concern::level));
    return all.concerns.stream().map(concern -> concern.with(status.advice())).toList();
  }

  private static OptionalLong unknown() {
    return OptionalLong.empty();
  }

  private void add(
      Level level, String what, OptionalLong sinceMs, String doing, String over, String lost) {
    concerns.add(Concern.of(level, what, sinceMs, doing, over, lost));
  }

  private void collector() {
    if (!status.found().unanswered().isEmpty()) {
      add(
          Level.ACT,
          "the collector does not answer: " + String.join("; ", status.found().unanswered()),
          unknown(),
          "nothing by itself: look at its log and its process",
          "when it answers",
          AS_FAR_AS_KEPT);
    } else if (status.venuesGone()) {
      add(
          Level.NOTE,
          "no collector runs, and the simulated venues of this lake are gone",
          lastSignOfLife(),
          "nothing, and nothing is to be done: a demo or simulation that has ended",
          "never: another demo or simulation makes a lake of its own",
          "no: what is in the lake stays");
    } else if (status.job().isEmpty()) {
      add(
          Level.ACT,
          "no collector runs",
          lastSignOfLife(),
          "nothing by itself: start one, ./candles run",
          "after the next start",
          AS_FAR_AS_KEPT);
    } else if (!status.job().get().state().equals("RUNNING")) {
      add(
          Level.MENDED,
          "the job is " + status.job().get().state(),
          unknown(),
          "Flink starts it again from the last checkpoint",
          "usually within a minute; if it stays so, the log says why",
          AS_FAR_AS_KEPT);
    }
  }

  private OptionalLong lastSignOfLife() {
    return status.checkpointMs() != 0
        ? OptionalLong.of(status.marketMs(status.checkpointMs()))
        : status.venues().stream()
            .flatMap(venue -> venue.newest().stream())
            .mapToLong(Newest::endMs)
            .max();
  }

  private void checkpoint() {
    if (Lateness.isCheckpointLate(status) && !status.disk().isFull()) {
      add(
          Level.ACT,
          "no checkpoint is complete, so no new file becomes visible",
          OptionalLong.of(status.marketMs(Lateness.checkpointDueSinceMs(status))),
          "Flink tries again; the web UI and the log say why it fails",
          "with the next complete checkpoint",
          AS_FAR_AS_KEPT);
    }
  }

  private void venue(Status.Venue venue) {
    if (status.isUnheard(venue.name())) {
      unheard(venue);
    } else if (status.isRunning()) {
      concerns.addAll(VenueConcerns.of(status, venue));
    }
  }

  private void unheard(Status.Venue venue) {
    add(
        Level.NOTE,
        "the running collector says nothing of "
            + venue.name()
            + ": not configured, or not heard yet",
        unknown(),
        "nothing, if it is not configured: ./candles forget takes it out of the account",
        "when it is heard, or forgotten",
        "not known: its open gaps are listed");
  }

  private void unlisted() {
    status.unlisted().stream()
        .collect(
            Collectors.groupingBy(UnlistedSymbols.Symbol::venue, TreeMap::new, Collectors.toList()))
        .forEach(
            (venue, symbols) -> {
              if (!status.isUnheard(venue)) {
                unlisted(venue, symbols);
              }
            });
  }

  private void unlisted(String venue, List<UnlistedSymbols.Symbol> symbols) {
    long noted =
        status.openGaps().stream()
            .filter(gap -> gap.stream().venue().equals(venue) && status.isUnlisted(gap))
            .mapToLong(GapRecord::intervals)
            .sum();
    String forget =
        symbols.stream()
            .map(each -> "./candles forget " + venue + "/" + each.symbol())
            .collect(Collectors.joining(", "));
    add(
        status.isRunning() ? Level.ACT : Level.NOTE,
        venue
            + " does not list "
            + symbols.stream().map(Concerns::named).collect(Collectors.joining(", ")),
        OptionalLong.of(
            symbols.stream().mapToLong(UnlistedSymbols.Symbol::sinceMs).min().orElseThrow()),
        "nothing is collected or fetched of it: correct the symbol in the configuration and start"
            + " again; the venue is asked every ten minutes whether it lists it",
        "when the symbol is corrected, or listed",
        noted == 0
            ? "no, if the symbol is wrong"
            : "no, if the symbol is wrong: then "
                + Counted.of(noted, "interval")
                + " noted as missing go with "
                + forget);
  }

  private static String named(UnlistedSymbols.Symbol each) {
    return each.nearest().isEmpty()
        ? each.symbol()
        : each.symbol() + " (did you mean " + String.join(" or ", each.nearest()) + "?)";
  }

  private void forgetting() {
    status
        .halfForgotten()
        .ifPresent(
            begun ->
                add(
                    Level.ACT,
                    begun,
                    unknown(),
                    "nothing by itself, and a collector of such a stream does not start",
                    "when it is finished",
                    "no: what was taken out lies below forgotten/"));
  }

  private void files() {
    long unreadable = status.reading().unreadableFiles();
    if (unreadable > 0) {
      add(
          Level.NOTE,
          Counted.of(unreadable, "file") + " of the lake that cannot be read",
          unknown(),
          "what they held is fetched again at the next start; QA names them",
          "when they are moved away",
          "not yet, as far as the venues still have it");
    }
  }
}
