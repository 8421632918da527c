#!/usr/bin/env bash
# Guess: bars of one minute that a library rolls up to bars of five begin where five minutes begin on the clock; a
# silent minute is missing from one bar, and the bars after it are as they would have been.
#
# Seen with ta4j 0.22.2 (DurationBarAggregator): each rolled-up bar begins where its first small bar does. If the minute
# at which a bar should begin had no trade, the bar begins a minute later, and so does every bar after it, until the
# next such minute moves them on again: 00:00, 00:06, 00:11 … instead of 00:00, 00:05, 00:10 …. A series that starts
# at 00:03 stays three minutes off the same way. None of these bars equals the venue's own of five
# minutes, two runs over different days give different bars, and nothing is said. Filled with flat bars in the
# silent minutes, and cut to a full five minutes at its start, the series is rolled up as on the clock.
#
# Exits 0 while it is so, 1 when it has changed, 77 where Java 21, Maven or the packages cannot be had.
set -euo pipefail

java=
for candidate in ${JAVA_HOME:+"$JAVA_HOME/bin/java"} "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
  [[ -x $candidate ]] || continue
  version=$("$candidate" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
  ((${version:-0} < 21)) || { java=$candidate; break; }
done
[[ -n $java ]] || { echo 'skipped: no Java 21 or later'; exit 77; }
command -v mvn >/dev/null || { echo 'skipped: no mvn'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<'P'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.ta4j</groupId><artifactId>ta4j-core</artifactId><version>0.22.2</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
P
mvn -q -B -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath \
  -Dmdep.outputFile="$work/classpath" || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/Finding.java" <<'J'
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.aggregator.BaseBarSeriesAggregator;
import org.ta4j.core.aggregator.DurationBarAggregator;

public class Finding {
  static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");

  /** Minutes of the hour at which bars of five minutes begin, rolled up from those of one. */
  static List<Long> begins(int first, int silent) {
    BarSeries small = new BaseBarSeriesBuilder().build();
    for (int minute = first; minute < 40; minute++) {
      if (minute != silent) {
        small.barBuilder().timePeriod(Duration.ofMinutes(1)).endTime(MIDNIGHT.plusSeconds(60L * (minute + 1)))
            .openPrice(1).highPrice(1).lowPrice(1).closePrice(1).volume(1).add();
      }
    }
    BarSeries rolled =
        new BaseBarSeriesAggregator(new DurationBarAggregator(Duration.ofMinutes(5))).aggregate(small, "5m");
    List<Long> begins = new ArrayList<>();
    for (int bar = 0; bar < rolled.getBarCount(); bar++) {
      begins.add(Duration.between(MIDNIGHT, rolled.getBar(bar).getBeginTime()).toMinutes());
    }
    return begins;
  }

  public static void main(String[] args) {
    List<Long> whole = begins(0, -1);
    List<Long> inside = begins(0, 7);
    List<Long> atTheStart = begins(0, 5);
    List<Long> late = begins(3, -1);
    System.out.println("no silent minute:  " + whole);
    System.out.println("minute 7 silent:   " + inside);
    System.out.println("minute 5 silent:   " + atTheStart);
    System.out.println("from minute 3 on:  " + late);
    boolean same =
        whole.equals(List.of(0L, 5L, 10L, 15L, 20L, 25L, 30L, 35L))
            && inside.equals(whole)
            && atTheStart.equals(List.of(0L, 6L, 11L, 16L, 21L, 26L, 31L))
            && late.equals(List.of(3L, 8L, 13L, 18L, 23L, 28L, 33L));
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }
}
J
"$java" -cp "$(cat "$work/classpath")" "$work/Finding.java"
