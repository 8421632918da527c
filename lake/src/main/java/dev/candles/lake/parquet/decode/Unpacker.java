package dev.candles.lake.parquet.decode;

import static dev.candles.lake.parquet.decode.UnfamiliarException.require;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/** Unpacks the pages of one file, one after the other. Holds native memory until it is closed. */
final class Unpacker implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final byte[] file;
  private final CRC32 crc = new CRC32();
  private @Nullable ZstdDecompressCtx zstd;

  Unpacker(byte[] file) {
    this.file = file;
  }

  /** Whether the packed bytes are those that were written. */
  void check(PageHeader page) throws UnfamiliarException {
    crc.reset();
    crc.update(file, page.start(), page.packedBytes());
    require((int) crc.getValue() == page.crc(), "checksum of a page");
  }

  /** What was packed. */
  byte[] unpack(PageHeader page, Footer.Codec codec) throws UnfamiliarException {
    if (page.packedBytes() == 0 && page.plainBytes() == 0) {
      return NOTHING; // the values of a page of nulls
    }
    try {
      return switch (codec) {
        case SNAPPY -> snappy(page);
        case ZSTD -> zstd(page);
      };
    } catch (IOException | ZstdException broken) {
      throw new UnfamiliarException("packed bytes: " + broken);
    }
  }

  private byte[] snappy(PageHeader page) throws IOException {
    int length = Snappy.uncompressedLength(file, page.start(), page.packedBytes());
    require(length == page.plainBytes(), "unpacked length");
    byte[] plain = new byte[length];
    int done = Snappy.uncompress(file, page.start(), page.packedBytes(), plain, 0);
    require(done == length, "unpacked length");
    return plain;
  }

  private byte[] zstd(PageHeader page) throws UnfamiliarException {
    ZstdDecompressCtx context = zstd;
    if (context == null) {
      context = new ZstdDecompressCtx();
      zstd = context;
    }
    byte[] plain = new byte[page.plainBytes()];
    int done =
        context.decompressByteArray(plain, 0, plain.length, file, page.start(), page.packedBytes());
    require(done == plain.length, "unpacked length");
    return plain;
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
  }
}
