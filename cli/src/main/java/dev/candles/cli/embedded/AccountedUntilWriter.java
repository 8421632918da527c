package dev.candles.cli.embedded;

import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.lake.StreamInventory;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.view.FileLake;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the lake, at stop, how far each stream is accounted for. Needs the lake's lock. */
public final class AccountedUntilWriter {
  private static final Logger LOG = LoggerFactory.getLogger(AccountedUntilWriter.class);

  private final CollectorConfig config;

  public AccountedUntilWriter(CollectorConfig config) {
    this.config = config;
  }

  /**
   * Appends one row per stream. None for those of which the lake knows nothing: their venue does
   * not list them.
   *
   * @return how many
   * @throws IOException if the lake cannot be read or written
   */
  public int write() throws IOException {
    long nowMs = config.clock().marketAt(System.currentTimeMillis());
    List<StreamInventory> holdings =
        new FileLake(config.lake().directory())
            .scan(config.streams(), config.historyFromMs(nowMs), nowMs, nowMs);
    List<CoverageRow> rows =
        holdings.stream()
            .filter(held -> !held.isBlank())
            .map(held -> CoverageAppender.throughRow(held, nowMs))
            .toList();
    for (CoverageRow row : rows) {
      LOG.debug("event=through stream={} to={}", row.stream(), Instant.ofEpochMilli(row.toMs()));
    }
    long least = rows.stream().mapToLong(CoverageRow::toMs).min().orElse(nowMs);
    LOG.info("event=through streams={} all_to={}", rows.size(), Instant.ofEpochMilli(least));
    new CoverageAppender(new LakeLayout(config.lake().path())).append(rows);
    return rows.size();
  }
}
