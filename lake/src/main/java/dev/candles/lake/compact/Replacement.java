package dev.candles.lake.compact;

import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.partition.Intent;
import dev.candles.lake.partition.Intents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out an intent: merged files visible, inputs deleted. Every step may have been done
 * already by a run that was killed.
 */
final class Replacement {
  private final Path candles;
  private final Path revisions;
  private final Intent intent;
  private final Step.Watch watch;

  Replacement(LakeLayout layout, Intent intent, Step.Watch watch) {
    this.candles = layout.partition(Folder.CANDLES, intent.partition());
    this.revisions = layout.partition(Folder.REVISIONS, intent.partition());
    this.intent = intent;
    this.watch = watch;
  }

  /** Whether both merged files are there whole, under their own or their temporary name. */
  boolean ready() throws IOException {
    return ready(candles, intent.current())
        && (intent.older().isEmpty() || ready(revisions, intent.older().get()));
  }

  private static boolean ready(Path folder, SealedFile file) throws IOException {
    return MergedFile.is(folder.resolve(file.name()), file)
        || MergedFile.is(MergedFile.temporary(folder), file);
  }

  /** Older versions first: a reader that sees the current ones without them would miss them. */
  void carryOut() throws IOException {
    if (intent.older().isPresent()) {
      publish(revisions, intent.older().get());
    }
    publish(candles, intent.current());
    delete(candles, intent.replacedCandles());
    delete(revisions, intent.replacedRevisions());
  }

  /**
   * Undoes it: possible as long as every input is there.
   *
   * @throws IOException if an input is gone
   */
  void undo() throws IOException {
    List<Path> inputs = new ArrayList<>();
    intent.candles().forEach(name -> inputs.add(candles.resolve(name)));
    intent.revisions().forEach(name -> inputs.add(revisions.resolve(name)));
    for (Path input : inputs) {
      if (!Files.exists(input)) {
        throw new IOException(
            "a compaction was interrupted, its output is damaged and an input is gone: " + input);
      }
    }
    if (!intent.candles().contains(intent.current().name())) {
      Files.deleteIfExists(candles.resolve(intent.current().name()));
    }
    if (intent.older().isPresent() && !intent.revisions().contains(intent.older().get().name())) {
      Files.deleteIfExists(revisions.resolve(intent.older().get().name()));
    }
    Intents.drop(candles);
  }

  private void publish(Path folder, SealedFile file) throws IOException {
    Path visible = folder.resolve(file.name());
    Path temporary = MergedFile.temporary(folder);
    if (MergedFile.is(visible, file)) {
      Durable.flushFolder(folder); // whoever gave it its name may have been killed before
    } else {
      Durable.publish(temporary, visible);
    }
    Files.deleteIfExists(temporary);
    watch.reached(Step.PUBLISHED);
  }

  private void delete(Path folder, List<String> names) throws IOException {
    for (String name : names) {
      Files.deleteIfExists(folder.resolve(name));
      watch.reached(Step.DELETED);
    }
    if (!names.isEmpty()) {
      Durable.flushFolder(folder);
    }
  }
}
