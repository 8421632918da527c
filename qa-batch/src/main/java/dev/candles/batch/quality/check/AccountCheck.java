package dev.candles.batch.quality.check;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks 6 and 10: no gap above five minutes, and every interval has a state. A gap is a run of
 * intervals that are unknown or missing; what coverage proves empty is none. Of shorter runs only
 * the unknown part is a finding, of check 10: a missing interval has a state. What the venue cannot
 * give any more is a warning, unless the market was not listed yet. An emptiness that the venue was
 * only heard to repeat is unknown, and told as what it is.
 *
 * <p>A larger interval over minutes that are not all known is blocked by them and not reported
 * again.
 */
public final class AccountCheck {
  /** Longer runs fail check 6. */
  static final long MOST_MS = 5 * 60_000;

  private final StreamAccount account;
  private final List<Finding> findings = new ArrayList<>();

  private AccountCheck(StreamAccount account) {
    this.account = account;
  }

  /**
   * What is wrong with an account.
   *
   * @param base the account of the minutes, null if {@code account} is theirs
   * @param damaged days of which files could not be read: what lacks there is found already
   */
  public static List<Finding> of(
      StreamAccount account, @Nullable StreamAccount base, Intervals damaged) {
    AccountCheck check = new AccountCheck(account);
    Intervals blocked = base == null ? Intervals.empty() : blocked(account, base);
    Intervals excused = damaged.union(blocked);
    Intervals claimed = account.unproven().minus(damaged);
    Intervals unknown = account.unknown().minus(excused).minus(claimed);
    Intervals missing = account.in(IntervalState.MISSING).minus(excused);
    check.unproven(claimed);
    check.gaps(unknown, missing);
    check.lost(base == null ? excused : excused.union(LargerStates.known(account, base)));
    return check.findings;
  }

  /** Larger intervals with a minute that is neither final nor proven empty. */
  private static Intervals blocked(StreamAccount account, StreamAccount base) {
    Intervals lacking =
        Intervals.of(account.fromMs(), account.toMs())
            .minus(base.in(IntervalState.FINAL))
            .minus(base.in(IntervalState.VERIFIED_EMPTY));
    return lacking.map(account.stream().timeframe()::floor, account.stream().timeframe()::ceil);
  }

  private void unproven(Intervals claimed) {
    for (int i = 0; i < claimed.count(); i++) {
      Intervals run = Intervals.of(claimed.from(i), claimed.to(i));
      add(
          FindingType.UNPROVEN_EMPTY,
          run,
          "called empty because two equal answers said nothing (REST_TWICE), and no neighbouring"
              + " trade ids prove it");
    }
  }

  private void gaps(Intervals unknown, Intervals missing) {
    Intervals runs = unknown.union(missing);
    for (int i = 0; i < runs.count(); i++) {
      Intervals run = Intervals.of(runs.from(i), runs.to(i));
      long unknownMs = unknown.intersect(run).length();
      if (run.length() > MOST_MS) {
        add(
            FindingType.GAP,
            run,
            String.format(Locale.ROOT, "%s of it unknown", minutes(unknownMs)));
      } else {
        Intervals parts = unknown.intersect(run);
        for (int part = 0; part < parts.count(); part++) {
          add(FindingType.UNACCOUNTED, Intervals.of(parts.from(part), parts.to(part)), "no state");
        }
      }
    }
  }

  private void lost(Intervals excused) {
    Intervals.Builder notListed = new Intervals.Builder(2);
    for (CoverageRow row : account.lacking()) {
      if (row.reason() == Reason.BEFORE_LISTING) {
        notListed.add(row.fromMs(), row.toMs());
      }
    }
    Intervals lost =
        account.in(IntervalState.UNRECOVERABLE).minus(excused).minus(notListed.build());
    for (int i = 0; i < lost.count(); i++) {
      Intervals run = Intervals.of(lost.from(i), lost.to(i));
      if (run.length() > MOST_MS) {
        add(FindingType.LOST, run, "unrecoverable");
      }
    }
  }

  private void add(FindingType kind, Intervals run, String value) {
    StreamKey stream = account.stream();
    long intervals = run.length() / stream.timeframe().millis();
    findings.add(
        new Finding(
            kind,
            stream.id(),
            "",
            run.from(0),
            run.to(0),
            String.format(
                Locale.ROOT,
                "%s, %s, %s",
                minutes(run.length()),
                Counted.of(intervals, "interval"),
                value)));
  }

  private static String minutes(long millis) {
    return Counted.of(millis / 60_000, "minute");
  }
}
