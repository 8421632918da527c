package dev.candles.lake.state;

import dev.candles.core.candle.Names;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.disk.SmallFile;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.text.LogValue;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configured symbols that a venue does not list, in the lake, so that whoever looks at it knows why
 * nothing comes of them. A file per venue, with one writer; none where all are listed. They only
 * explain: one that cannot be read counts as none, and is written anew by the next start.
 */
public final class UnlistedSymbols {
  private static final Logger LOG = LoggerFactory.getLogger(UnlistedSymbols.class);

  /** A line for each configured symbol, each of some sixty bytes. */
  private static final int MAX_BYTES = 1 << 20;

  private static final Pattern LINE =
      Pattern.compile("symbol=(\\S+) since=(\\d{1,18}) nearest=(\\S*)");

  private final Path root;
  private final Path folder;
  private final Set<Path> told = ConcurrentHashMap.newKeySet();

  /**
   * One of them.
   *
   * @param nearest what was probably meant, best first
   * @param sinceMs when that was found first, market time, epoch ms, UTC
   */
  public record Symbol(String venue, String symbol, List<String> nearest, long sinceMs) {}

  /** Those of a lake. */
  public UnlistedSymbols(LakeLayout lake) {
    this.root = lake.root();
    this.folder = lake.state().resolve("unlisted");
  }

  /** Those of all venues. */
  public List<Symbol> all() {
    return venues().stream()
        .flatMap(venue -> of(venue).stream())
        .sorted(Comparator.comparing(Symbol::venue).thenComparing(Symbol::symbol))
        .toList();
  }

  /** The venues of which there is a note. */
  private List<String> venues() {
    List<String> venues = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[a-z0-9]*")) {
      for (Path file : files) {
        String name = Folders.name(file);
        if (Names.isVenue(name)) {
          venues.add(name);
        }
      }
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException | DirectoryIteratorException e) {
      failed(folder, e);
    }
    return venues;
  }

  private void failed(Path note, Exception why) {
    if (told.add(note)) {
      LOG.warn(
          "event=unlisted_note_failed file={} error={}",
          LogValue.of(note),
          LogValue.of(OneLine.of(why.toString())));
    }
  }

  /** What is no line of ours is passed over. */
  private List<Symbol> of(String venue) {
    Path file = folder.resolve(venue);
    try {
      String text = SmallFile.text(file, MAX_BYTES).orElse(null);
      if (text == null) {
        failed(file, new IOException("no file of at most " + MAX_BYTES + " bytes"));
        return List.of();
      }
      return text.lines()
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .map(line -> symbol(venue, line))
          .filter(UnlistedSymbols::isOurs)
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      failed(file, e);
      return List.of();
    }
  }

  /** Its names become part of a command that people copy. */
  private static boolean isOurs(Symbol each) {
    return Names.isSymbol(each.symbol()) && each.nearest().stream().allMatch(Names::isSymbol);
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
    Map<String, Long> known =
        of(venue).stream().collect(Collectors.toMap(Symbol::symbol, Symbol::sinceMs, Math::min));
    List<Symbol> symbols = new ArrayList<>();
    nearest.forEach(
        (symbol, names) ->
            symbols.add(new Symbol(venue, symbol, names, known.getOrDefault(symbol, nowMs))));
    write(venue, symbols);
  }

  /**
   * Takes away what was noted of venues that are not collected any more. To be called by a holder
   * of the lake; what cannot be removed is logged.
   *
   * @param venues those that are collected
   */
  public void keepOnly(Collection<String> venues) {
    for (String venue : venues()) {
      if (!venues.contains(venue)) {
        try {
          write(venue, List.of());
        } catch (IOException e) {
          failed(folder.resolve(venue), e);
        }
      }
    }
  }

  /**
   * Takes away what was noted of some symbols. To be called by a holder of the lake.
   *
   * @throws IOException if it cannot be written
   */
  public void forget(String venue, Set<String> symbols) throws IOException {
    List<Symbol> known = of(venue);
    List<Symbol> rest = known.stream().filter(each -> !symbols.contains(each.symbol())).toList();
    if (rest.size() < known.size()) {
      write(venue, rest);
    }
  }

  private void write(String venue, List<Symbol> symbols) throws IOException {
    Path file = folder.resolve(venue);
    if (symbols.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    StringBuilder text = new StringBuilder();
    symbols.forEach(
        each ->
            text.append("symbol=")
                .append(each.symbol())
                .append(" since=")
                .append(each.sinceMs())
                .append(" nearest=")
                .append(String.join(",", each.nearest()))
                .append('\n'));
    Durable.createFolders(root, folder);
    Durable.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
