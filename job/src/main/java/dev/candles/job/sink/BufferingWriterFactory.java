package dev.candles.job.sink;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Opens the writer of a file when the file is closed: until then its rows are kept as they came. A
 * checkpoint closes thousands of files of one or two rows, and each open writer would hold the
 * buffers of all its columns meanwhile.
 *
 * <p>What is kept is bounded, per file and over all files of a subtask; a row beyond that opens the
 * writer of its file, which takes over the rows that waited. The bytes of a file are the same
 * either way. Each subtask has a copy of the factory, which counts for that subtask alone and is
 * used by its thread only.
 */
final class BufferingWriterFactory<T> implements BulkWriter.Factory<T> {
  private static final long serialVersionUID = 1L;

  /** What a file accepts; a row that is kept must be refused no later than one that is written. */
  interface Admission<T> extends Serializable {
    /** For one new file: throws an exception for a row that the writer would refuse. */
    Consumer<T> ofNewFile();
  }

  private final BulkWriter.Factory<T> writers;
  private final Admission<T> admission;
  private final int rowsPerFile;
  private int room;

  /**
   * In front of other writers.
   *
   * @param rowsPerFile how many rows of one file are kept at most
   * @param rowsPerSubtask how many rows of all files of a subtask are kept at most
   */
  BufferingWriterFactory(
      BulkWriter.Factory<T> writers, Admission<T> admission, int rowsPerFile, int rowsPerSubtask) {
    this.writers = writers;
    this.admission = admission;
    this.rowsPerFile = rowsPerFile;
    this.room = rowsPerSubtask;
  }

  @Override
  public BulkWriter<T> create(FSDataOutputStream out) {
    return new BufferingWriter(out, admission.ofNewFile());
  }

  private final class BufferingWriter implements BulkWriter<T> {
    private final FSDataOutputStream out;
    private final Consumer<T> admit;
    private final List<T> kept = new ArrayList<>();
    private @Nullable BulkWriter<T> writer;

    BufferingWriter(FSDataOutputStream out, Consumer<T> admit) {
      this.out = out;
      this.admit = admit;
    }

    @Override
    public void addElement(T row) throws IOException {
      if (writer != null) {
        writer.addElement(row);
        return;
      }
      admit.accept(row);
      if (kept.size() < rowsPerFile && room > 0) {
        kept.add(row);
        room--;
      } else {
        opened().addElement(row);
      }
    }

    /** Rows that are kept stay so: nothing but {@link #finish} says that no more will come. */
    @Override
    public void flush() throws IOException {
      if (writer != null) {
        writer.flush();
      }
    }

    @Override
    public void finish() throws IOException {
      opened().finish();
    }

    private BulkWriter<T> opened() throws IOException {
      BulkWriter<T> open = writer;
      if (open == null) {
        open = writers.create(out);
        for (T row : kept) {
          open.addElement(row);
        }
        room += kept.size();
        kept.clear();
        writer = open;
      }
      return open;
    }
  }
}
