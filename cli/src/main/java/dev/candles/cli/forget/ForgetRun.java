package dev.candles.cli.forget;

import dev.candles.batch.quality.report.CertificateSplit;
import dev.candles.batch.quality.report.Certificates;
import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.LakeHold;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.candle.StreamKey;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.forget.Forgetter;
import dev.candles.lake.forget.Forgetting;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.UnlistedSymbols;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.text.Counted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Forgets streams, or says what that would do. What a killed run has begun is finished first. All
 * that can be refused is refused before anything changes.
 */
public final class ForgetRun {
  private final CollectorConfig config;
  private final LakeLayout lake;
  private final LocalDate today;
  private final Consumer<String> out;
  private final Runnable step;
  private final Forgetter forgetter;
  private volatile @Nullable IOException lost;

  /**
   * @param today names what is moved (UTC)
   * @param out is told what is and was done, a line each
   * @param step told whenever something on the disk has changed
   */
  public ForgetRun(CollectorConfig config, LocalDate today, Consumer<String> out, Runnable step) {
    this.config = config;
    this.lake = new LakeLayout(config.lake().path());
    this.today = today;
    this.out = out;
    this.step = step;
    this.forgetter = new Forgetter(lake);
  }

  /**
   * Says what forgetting would do; changes nothing.
   *
   * @throws RefusedException if it would be refused for what is asked
   */
  public void show(List<String> words) throws IOException, RefusedException {
    Optional<Forgetting> begun = begun();
    begun.ifPresent(
        left -> out.accept("Was begun and not finished, and would be: " + ids(left.streams())));
    Set<StreamKey> streams = named(words, begun);
    if (!streams.isEmpty()) {
      describe(streams);
    }
  }

  /**
   * Forgets.
   *
   * @throws RefusedException if nothing was changed: the lake has a writer, or is being compacted,
   *     something cannot be moved, or the words do not name streams that may go
   * @throws IOException if it could not be finished, or not begun
   */
  public void forget(List<String> words) throws IOException, RefusedException {
    try (LakeHold hold = hold()) {
      Optional<Forgetting> begun = begun();
      Set<StreamKey> streams = named(words, begun);
      Set<StreamKey> all = new HashSet<>(streams);
      begun.ifPresent(left -> all.addAll(left.streams()));
      if (!streams.isEmpty()) {
        describe(streams);
      }
      try (Forgetter.Locks locks = lock(all)) {
        requireMovable(all);
        requireFinished(all);
        requireWhole(all);
        Forgetter mover = new Forgetter(lake, () -> changed(hold));
        hold.check();
        if (begun.isPresent()) {
          out.accept("Finishing what was begun: " + ids(begun.get().streams()));
          finish(mover, mover.resume(begun.get(), today), hold);
        }
        if (!streams.isEmpty()) {
          finish(mover, mover.begin(List.copyOf(streams), today), hold);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private LakeHold hold() throws RefusedException {
    try {
      return LakeHold.take(config, "forget-" + UUID.randomUUID(), this::lost);
    } catch (IOException e) {
      throw new RefusedException("cannot forget: " + e.getMessage() + LakeHold.remedy(e), e);
    }
  }

  /** Told by a thread of the lease: whoever was frozen for long may find another at work. */
  private void lost(IOException why) {
    lost = why;
  }

  /** Something has changed on the disk; the next change needs the lake to be ours still. */
  private void changed(LakeHold hold) {
    step.run();
    try {
      hold.check();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    IOException why = lost;
    if (why != null) {
      throw new UncheckedIOException(why);
    }
  }

  /** What a killed run has begun: from its note on it is decided. */
  private Optional<Forgetting> begun() throws RefusedException {
    try {
      return forgetter.begun();
    } catch (IOException e) {
      throw new RefusedException(
          "cannot forget: what was begun " + e.getMessage() + "; another build may read it", e);
    }
  }

  private Forgetter.Locks lock(Set<StreamKey> streams) throws RefusedException {
    try {
      return forgetter.lock(streams);
    } catch (IOException e) {
      throw new RefusedException("cannot forget: " + e.getMessage() + "; try again", e);
    }
  }

  /** The streams that words name, without those that a killed run has begun to forget. */
  private NavigableSet<StreamKey> named(List<String> words, Optional<Forgetting> begun)
      throws IOException, RefusedException {
    Set<StreamKey> known = new HashSet<>(new LakeAccounts(lake.root()).streams());
    begun.ifPresent(left -> known.addAll(left.streams()));
    List<String> here = new ArrayList<>();
    for (String word : words) {
      if (!NamedStreams.isNameOf(word, known) && isForgotten(word)) {
        out.accept("Is forgotten already: " + word + ", see " + lake.forgotten());
      } else {
        here.add(word);
      }
    }
    Set<StreamKey> collected = new HashSet<>(config.streams());
    begun.ifPresent(left -> left.streams().forEach(collected::remove));
    NavigableSet<StreamKey> named = NamedStreams.of(here, known, collected);
    begun.ifPresent(left -> left.streams().forEach(named::remove));
    return named;
  }

  /** So that whoever was killed in the last step, and tries again, is told that it is done. */
  private boolean isForgotten(String word) throws IOException {
    for (Path earlier : Folders.in(lake.forgotten())) {
      if (NamedStreams.isNameOf(word, new LakeAccounts(earlier).streams())) {
        return true;
      }
    }
    return false;
  }

  private void describe(Set<StreamKey> streams) throws IOException, RefusedException {
    List<StreamFacts> facts;
    try {
      facts = StreamFacts.of(lake, streams);
      out.accept("Forgets of the lake " + lake.root() + ":");
      out.accept(StreamFacts.head());
      facts.forEach(stream -> out.accept(stream.line()));
      int parted = CertificateSplit.concerned(lake.root(), streams).size();
      out.accept(
          String.format(
              Locale.ROOT,
              "They go to a lake of their own below %s, with %s, %s and their parts of"
                  + " %s. This lake's coverage, gaps, checks and certificates know"
                  + " them no more. What sealed the days of their assets was about them too: the"
                  + " next qa reads those days whole.",
              lake.forgotten(),
              Counted.of(facts.stream().mapToInt(StreamFacts::files).sum(), "file"),
              Counted.of(facts.stream().mapToLong(StreamFacts::bytes).sum(), "byte"),
              Counted.of(parted, "certificate")));
    } catch (IOException e) {
      throw new RefusedException("cannot forget: " + e.getMessage(), e);
    }
  }

  /** What cannot be moved is said before anything is. */
  private void requireMovable(Set<StreamKey> streams) throws IOException, RefusedException {
    List<Path> folders = new ArrayList<>(List.of(lake.forgotten()));
    for (LocalDate date : lake.dates(Folder.COVERAGE).dates()) {
      folders.add(lake.day(Folder.COVERAGE, date));
    }
    for (StreamKey stream : streams) {
      folders.add(Certificates.file(lake.root(), stream.venue(), today).resolveSibling(""));
      for (Folder folder : List.of(Folder.CANDLES, Folder.REVISIONS)) {
        Path own = lake.stream(folder, stream);
        folders.addAll(
            List.of(own, own.resolve("..").normalize(), own.resolve("../..").normalize()));
      }
    }
    for (Path folder : folders) {
      Optional<String> fault = Access.ofFolder(folder);
      if (fault.isPresent()) {
        throw new RefusedException("cannot forget: " + fault.get());
      }
    }
  }

  /** A restored checkpoint publishes them here, whatever the configuration says. */
  private void requireFinished(Set<StreamKey> streams) throws IOException, RefusedException {
    int unfinished = forgetter.unfinished(streams);
    if (unfinished > 0) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "cannot forget: %s of the last collector %s unfinished, because it was killed;"
                  + " start it once and stop it with Ctrl-C, then forget",
              Counted.of(unfinished, "file"),
              unfinished == 1 ? "is" : "are"));
    }
  }

  private void requireWhole(Set<StreamKey> streams) throws RefusedException {
    try {
      forgetter.requireWhole(streams);
    } catch (IOException e) {
      throw new RefusedException("cannot forget: " + e.getMessage(), e);
    }
  }

  private void finish(Forgetter mover, Forgetting forgetting, LakeHold hold) throws IOException {
    LakeLayout target = mover.target(forgetting);
    mover.carryOut(forgetting);
    Set<StreamKey> streams = Set.copyOf(forgetting.streams());
    new CertificateSplit(lake.root(), target.root(), streams, () -> changed(hold)).carryOut();
    forgetNotes(streams);
    mover.end();
    out.accept("✓ Forgotten: " + ids(forgetting.streams()));
    out.accept(
        "  Read it with --data-dir "
            + target.root()
            + "; delete that folder when nobody needs it any more");
  }

  /** Where nothing of a symbol is configured any more, nobody asks whether its venue lists it. */
  private void forgetNotes(Set<StreamKey> streams) throws IOException {
    UnlistedSymbols notes = new UnlistedSymbols(lake);
    for (StreamKey stream : streams) {
      boolean isConfigured =
          config.streams().stream()
              .anyMatch(
                  each ->
                      each.venue().equals(stream.venue()) && each.symbol().equals(stream.symbol()));
      if (!isConfigured) {
        notes.forget(stream.venue(), Set.of(stream.symbol()));
      }
    }
  }

  private static String ids(List<StreamKey> streams) {
    return streams.stream().map(StreamKey::id).collect(Collectors.joining(" "));
  }
}
