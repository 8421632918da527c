package dev.candles.cli.forget;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.text.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a lake holds of a stream.
 *
 * @param account its intervals
 * @param days folders of candles, a UTC day each
 * @param files of data, revisions included; those that are archived are elsewhere
 * @param bytes of those files
 */
record StreamFacts(StreamAccount account, int days, int files, long bytes) {
  private static final String ROW = "  %-24s %12s %8s %14s %6s  %-17s %s";
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Of some streams, by name.
   *
   * @throws IOException if the lake cannot be read, or a file of it is no good
   */
  static List<StreamFacts> of(LakeLayout lake, Set<StreamKey> streams) throws IOException {
    LakeAccounts accounts = new LakeAccounts(lake.root());
    List<StreamFacts> facts = new ArrayList<>();
    for (StreamAccount account : accounts.read(streams::contains, Long.MIN_VALUE, Long.MAX_VALUE)) {
      facts.add(of(lake, account));
    }
    if (accounts.unreadableFiles() > 0) {
      throw new IOException(
          Counted.of(accounts.unreadableFiles(), "file") + " cannot be read: see ./candles qa");
    }
    return facts;
  }

  private static StreamFacts of(LakeLayout lake, StreamAccount account) throws IOException {
    int files = 0;
    long bytes = 0;
    for (Folder folder : List.of(Folder.CANDLES, Folder.REVISIONS)) {
      for (Path day : Folders.in(lake.stream(folder, account.stream()))) {
        for (Path file : DataFiles.in(day)) {
          files++;
          bytes += Files.size(file);
        }
      }
    }
    int days = lake.dates(Folder.CANDLES, account.stream()).dates().size();
    return new StreamFacts(account, days, files, bytes);
  }

  static String head() {
    return String.format(
        Locale.ROOT, ROW, "stream", "candles", "files", "bytes", "days", "from", "to");
  }

  String line() {
    return String.format(
        Locale.ROOT,
        ROW,
        account.stream().id(),
        number(account.counts().finals()),
        number(files),
        number(bytes),
        number(days),
        time(account.fromMs()),
        time(account.toMs()));
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String time(long epochMs) {
    return MINUTES.format(Instant.ofEpochMilli(epochMs));
  }
}
