package dev.candles.lake.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Snappy, zstd or nothing, without Hadoop's codecs. Keeps no native context: each call makes and
 * frees its own, so that hundreds of open writers cost no native memory.
 */
final class Codecs implements CompressionCodecFactory {
  /** A page of ours has at most a few hundred kilobytes; a larger one is not ours. */
  static final int MAX_PAGE_BYTES = 16 << 20;

  private static final int ZSTD_LEVEL = 3;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return new Compressor(known(codec));
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return new Decompressor(known(codec));
  }

  @Override
  public void release() {
    // nothing is kept
  }

  private static CompressionCodecName known(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED, SNAPPY, ZSTD -> codec;
      default -> throw new IllegalArgumentException("codec is not used here: " + codec);
    };
  }

  /** A copy of what is in there. */
  static byte[] bytes(BytesInput input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(input.size()));
    input.writeAllTo(out);
    return out.toByteArray();
  }

  private record Compressor(CompressionCodecName codec) implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput plain) throws IOException {
      return switch (codec) {
        case SNAPPY -> BytesInput.from(Snappy.compress(bytes(plain)));
        case ZSTD -> BytesInput.from(Zstd.compress(bytes(plain), ZSTD_LEVEL));
        default -> plain;
      };
    }

    @Override
    public CompressionCodecName getCodecName() {
      return codec;
    }

    @Override
    public void release() {
      // nothing is kept
    }
  }

  private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput packed, int plainSize) throws IOException {
      if (codec == CompressionCodecName.UNCOMPRESSED) {
        return packed;
      }
      byte[] plain = new byte[checked(plainSize)];
      unpack(bytes(packed), plain);
      return BytesInput.from(plain);
    }

    @Override
    public void decompress(ByteBuffer packed, int packedSize, ByteBuffer plain, int plainSize)
        throws IOException {
      byte[] in = new byte[checked(packedSize)];
      packed.get(in);
      byte[] out = in;
      if (codec != CompressionCodecName.UNCOMPRESSED) {
        out = new byte[checked(plainSize)];
        unpack(in, out);
      }
      plain.put(out);
    }

    private void unpack(byte[] packed, byte[] plain) throws IOException {
      if (packed.length == 0 && plain.length == 0) {
        return; // the values of a page of nulls
      }
      long size;
      if (codec == CompressionCodecName.SNAPPY) {
        boolean fits = Snappy.uncompressedLength(packed) == plain.length;
        size = fits ? Snappy.uncompress(packed, 0, packed.length, plain, 0) : -1;
      } else {
        size = Zstd.decompress(plain, packed);
      }
      if (size != plain.length) {
        throw new IOException("page does not unpack: expected=" + plain.length + ", got=" + size);
      }
    }

    @Override
    public void release() {
      // nothing is kept
    }

    private static int checked(int size) throws IOException {
      if (size < 0 || size > MAX_PAGE_BYTES) {
        throw new IOException("page size out of bounds: " + size);
      }
      return size;
    }
  }
}
