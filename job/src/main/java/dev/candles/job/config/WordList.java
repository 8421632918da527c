package dev.candles.job.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads lists of words; each word may stand there once. */
final class WordList {
  private WordList() {}

  /**
   * The words under {@code key} that could be read, in their order; empty if the key is absent or
   * no list.
   *
   * @param of what the list holds, as a message says it
   * @param read reads one word; reports it and gives nothing if it is wrong
   */
  static <T> Optional<List<T>> read(
      Section section, String key, String of, BiFunction<Node, String, Optional<T>> read) {
    return section
        .list(key, of)
        .map(nodes -> words(nodes, section.path(key), section.problems(), of, read));
  }

  private static <T> List<T> words(
      List<Node> nodes,
      String path,
      Problems problems,
      String of,
      BiFunction<Node, String, Optional<T>> read) {
    Set<String> seen = new HashSet<>();
    List<T> words = new ArrayList<>();
    for (Node node : nodes) {
      Optional<String> word = Section.scalar(node, path, of, problems);
      if (word.isPresent() && !seen.add(word.get())) {
        problems.add(
            Problems.line(node), path + ": " + Problems.quoted(word.get()) + " given twice");
      } else {
        word.flatMap(w -> read.apply(node, w)).ifPresent(words::add);
      }
    }
    return List.copyOf(words);
  }
}
