package dev.candles.cli.status;

import dev.candles.cli.daily.QaStanding;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Dates;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.ToldAlerts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the daily checks of a lake stand.
 *
 * @param last what they said last; empty if no report is found
 * @param failingSinceMs since when they cannot run, market time, epoch ms, UTC; empty if they can,
 *     or nobody was told
 * @param begunMs when the first day of the lake's change log was over, market time, epoch ms, UTC:
 *     by then somebody collected into it; empty if it has none, or there is a report
 */
public record QaLook(Optional<QaVerdict> last, OptionalLong failingSinceMs, OptionalLong begunMs) {
  /** Of a lake of which nothing is known. */
  public static final QaLook NOTHING =
      new QaLook(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());

  /**
   * Looks.
   *
   * @param realMs now, real time, epoch ms
   * @throws IOException if the lake cannot be read
   */
  static QaLook of(Path root, long realMs) throws IOException {
    LakeLayout lake = new LakeLayout(root);
    Optional<QaVerdict> last = QaVerdict.newest(root, realMs);
    return new QaLook(
        last,
        QaStanding.failingSinceMs(ToldAlerts.standing(lake)),
        last.isPresent() ? OptionalLong.empty() : begunMs(lake));
  }

  private static OptionalLong begunMs(LakeLayout lake) throws IOException {
    List<LocalDate> days = lake.dates(Folder.COVERAGE).dates();
    return days.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Dates.startMs(days.get(days.size() - 1)) + Timeframe.D1.millis());
  }
}
