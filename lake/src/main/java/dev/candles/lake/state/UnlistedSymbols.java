package dev.candles.lake.state;

import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Configured symbols that a venue does not list, in the lake, so that whoever looks at it knows why
 * nothing comes of them. A file per venue, with one writer; none where all are listed.
 */
public final class UnlistedSymbols {
  private static final Pattern LINE =
      Pattern.compile("symbol=(\\S+) since=(\\d{1,18}) nearest=(\\S*)");

  private final Path folder;

  /**
   * One of them.
   *
   * @param nearest what was probably meant, best first
   * @param sinceMs when that was found first, market time, epoch ms, UTC
   */
  public record Symbol(String venue, String symbol, List<String> nearest, long sinceMs) {}

  /** Those of a lake. */
  public UnlistedSymbols(LakeLayout lake) {
    this.folder = lake.state().resolve("unlisted");
  }

  /**
   * Those of all venues.
   *
   * @throws IOException if they cannot be read
   */
  public List<Symbol> all() throws IOException {
    List<Symbol> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[a-z0-9]*")) {
      for (Path file : files) {
        all.addAll(of(Folders.name(file)));
      }
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (DirectoryIteratorException broken) {
      throw broken.getCause();
    }
    all.sort(Comparator.comparing(Symbol::venue).thenComparing(Symbol::symbol));
    return all;
  }

  /** What is no line of ours is passed over. */
  private List<Symbol> of(String venue) throws IOException {
    try {
      return Files.readString(folder.resolve(venue))
          .lines()
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .map(line -> symbol(venue, line))
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private static Symbol symbol(String venue, Matcher line) {
    List<String> nearest =
        line.group(3).isEmpty() ? List.of() : List.of(line.group(3).split(",", -1));
    return new Symbol(venue, line.group(1), nearest, Long.parseLong(line.group(2)));
  }

  /**
   * Notes those of a venue; one that was noted before keeps its time.
   *
   * @param nearest by symbol what was probably meant, best first
   * @param nowMs market time, epoch ms, UTC
   * @throws IOException if it cannot be written
   */
  void note(String venue, SortedMap<String, List<String>> nearest, long nowMs) throws IOException {
    Path file = folder.resolve(venue);
    if (nearest.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Map<String, Long> known =
        of(venue).stream().collect(Collectors.toMap(Symbol::symbol, Symbol::sinceMs, Math::min));
    StringBuilder text = new StringBuilder();
    nearest.forEach(
        (symbol, names) ->
            text.append("symbol=")
                .append(symbol)
                .append(" since=")
                .append(known.getOrDefault(symbol, nowMs))
                .append(" nearest=")
                .append(String.join(",", names))
                .append('\n'));
    Files.createDirectories(folder);
    Durable.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
