package dev.candles.lake.view;

import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.parquet.UnreadableFileException;
import dev.candles.lake.partition.Snapshot;
import dev.candles.text.LogValue;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every data file of a folder. A file that is no good is reported, counted and left alone, as
 * if it were not there: what it held is fetched again.
 */
final class SafeReader {
  private static final Logger LOG = LoggerFactory.getLogger(SafeReader.class);

  private final Consumer<Path> unreadable;

  /**
   * @param unreadable is told of a file that is no good, each time it is met
   */
  SafeReader(Consumer<Path> unreadable) {
    this.unreadable = unreadable;
  }

  /** Reads one file. */
  interface FileReading<T> {
    T read(Path file) throws IOException;
  }

  /**
   * One answer per readable file of a folder of which the files may be merged meanwhile; of what
   * was merged while it was read there may be two.
   */
  <T> List<T> readAll(Path folder, FileReading<T> reading) throws IOException {
    List<T> answers = new ArrayList<>();
    DataFiles.readAll(folder, file -> read(file, reading).ifPresent(answers::add));
    return answers;
  }

  /** The answer of one file; empty if it is no good. */
  <T> Optional<T> read(Path file, FileReading<T> reading) throws IOException {
    return read(List.of(file), reading).stream().findFirst();
  }

  /** One answer per readable file; a file that vanished is {@link Snapshot#read}'s. */
  <T> List<T> read(List<Path> files, FileReading<T> reading) throws IOException {
    List<T> answers = new ArrayList<>(files.size());
    List<UnreadableFileException> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        answers.add(reading.read(file));
      } catch (UnreadableFileException e) {
        problems.add(e);
      }
    }
    for (UnreadableFileException e : problems) {
      LOG.warn(
          "event=lake_file_unreadable file={} error={}",
          LogValue.of(e.file()),
          LogValue.of(OneLine.of(String.valueOf(e.getCause()))));
      unreadable.accept(e.file());
    }
    return answers;
  }
}
