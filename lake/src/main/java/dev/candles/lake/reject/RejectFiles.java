package dev.candles.lake.reject;

import dev.candles.lake.disk.Trees;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of rejects, one folder a day; they are kept for a while only. */
public final class RejectFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RejectFiles.class);

  private RejectFiles() {}

  /**
   * Deletes the UTC days that ended before some time.
   *
   * @param beforeMs market time, epoch ms
   * @return how many were deleted
   * @throws IOException if one cannot be deleted
   */
  public static int deleteBefore(LakeLayout layout, long beforeMs) throws IOException {
    LocalDate first = LocalDate.ofInstant(Instant.ofEpochMilli(beforeMs), ZoneOffset.UTC);
    int deleted = 0;
    for (LocalDate date : layout.dates(Folder.REJECTS).dates()) {
      if (date.isBefore(first)) {
        Trees.delete(layout.day(Folder.REJECTS, date));
        deleted++;
        LOG.info("event=rejects_deleted date={}", date);
      }
    }
    return deleted;
  }
}
