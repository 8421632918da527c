package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A link of a page leads to a file that is there, and to a heading of it. */
class DocumentLinksTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));

  /** The page that a reader starts from. */
  private static final Path START = ROOT.resolve("docs/README.md");

  private static final Pattern LINK = Pattern.compile("\\]\\((?![a-z]+:)([^)#]*)(?:#([^)]*))?\\)");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      for (MatchResult link : links(page)) {
        Path file = target(page, link);
        boolean there =
            Files.exists(file) && (link.group(2) == null || headings(file).contains(link.group(2)));
        if (!there) {
          broken.add(ROOT.relativize(page) + ": " + link.group());
        }
        links++;
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(60);
  }

  @Test
  void everyPageOfDocsIsOnThePageThatSaysForWhomEachIs() throws IOException {
    List<Path> listed = links(START).stream().map(link -> target(START, link)).toList();
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      assertThat(docs.filter(file -> file.toString().endsWith(".md")).filter(f -> !f.equals(START)))
          .isSubsetOf(listed);
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(Documents.pages());
    for (String other :
        List.of(
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "bench/README.md",
            "findings/README.md",
            "fuzz/README.md",
            "interop/README.md")) {
      pages.add(ROOT.resolve(other));
    }
    return pages;
  }

  private static List<MatchResult> links(Path page) throws IOException {
    String text = CODE.matcher(Files.readString(page)).replaceAll("").replaceAll("\\s+", " ");
    return LINK.matcher(text.replaceAll("`[^`]*`", "")).results().toList();
  }

  private static Path target(Path page, MatchResult link) {
    Path folder = Objects.requireNonNull(page.getParent());
    return link.group(1).isEmpty() ? page : folder.resolve(link.group(1)).normalize();
  }

  /** As the places that show Markdown name them. */
  private static List<String> headings(Path page) throws IOException {
    return CODE.matcher(Files.readString(page))
        .replaceAll("")
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
