package dev.candles.lake.parquet;

import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A file that gathers what is written. Parquet writes its footer byte by byte, and a stream of
 * Flink turns each of them into a system call.
 */
final class BufferedOutput implements OutputFile {
  private static final int BUFFER_BYTES = 8 << 10;

  private final OutputFile file;

  BufferedOutput(OutputFile file) {
    this.file = file;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    return new Stream(file.create(blockSizeHint));
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return new Stream(file.createOrOverwrite(blockSizeHint));
  }

  @Override
  public boolean supportsBlockSize() {
    return file.supportsBlockSize();
  }

  @Override
  public long defaultBlockSize() {
    return file.defaultBlockSize();
  }

  @Override
  public String getPath() {
    return file.getPath();
  }

  private static final class Stream extends PositionOutputStream {
    private final PositionOutputStream out;
    private final byte[] waiting = new byte[BUFFER_BYTES];
    private int count;

    Stream(PositionOutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() throws IOException {
      return out.getPos() + count;
    }

    @Override
    public void write(int value) throws IOException {
      if (count == waiting.length) {
        spill();
      }
      waiting[count++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (length > waiting.length - count) {
        spill();
      }
      if (length > waiting.length) {
        out.write(bytes, from, length);
      } else {
        System.arraycopy(bytes, from, waiting, count, length);
        count += length;
      }
    }

    private void spill() throws IOException {
      out.write(waiting, 0, count);
      count = 0;
    }

    @Override
    public void flush() throws IOException {
      spill();
      out.flush();
    }

    /** What was gathered goes out first; the file is closed even if that fails. */
    @Override
    public void close() throws IOException {
      try (out) {
        spill();
      }
    }
  }
}
