package dev.candles.cli.cluster;

import dev.candles.text.OneLine;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log. */
final class LogTail {
  private static final int BYTES = 16 << 10;

  private LogTail() {}

  /** The last cause of a failure in it, else its last line; one line. */
  static String last(Path file) throws IOException {
    List<String> lines = end(file).lines().filter(line -> !line.isBlank()).toList();
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    for (String line : lines) {
      if (line.startsWith("Caused by: ")) {
        last = line;
      }
    }
    return OneLine.of(last);
  }

  private static String end(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(Math.max(0, channel.size() - BYTES));
      byte[] bytes = Channels.newInputStream(channel).readNBytes(BYTES);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
