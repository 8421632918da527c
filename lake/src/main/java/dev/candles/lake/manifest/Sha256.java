package dev.candles.lake.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.HexFormat;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256, as 64 lower-case hexadecimal digits. Computed by Conscrypt's native library in a JVM of
 * ours and where there is one for the machine, else by the JDK: see docs/decisions/0007.
 */
public final class Sha256 {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int HEX_DIGITS = 64;
  private static final String ALGORITHM = "SHA-256";

  /** Loaded with the first hash. */
  private static final class Native {
    /** What a job of a cluster brings goes with the job, and native code would hold on to it. */
    static final @Nullable Provider PROVIDER =
        Sha256.class.getClassLoader() == ClassLoader.getSystemClassLoader()
                && Conscrypt.isAvailable()
            ? Conscrypt.newProvider()
            : null;
  }

  private Sha256() {}

  /** Of a text in UTF-8. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Of bytes. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /**
   * Of a file's content, in bounded memory.
   *
   * @throws IOException if it cannot be read
   */
  public static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read; (read = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static void require(String text) {
    boolean good = text.length() == HEX_DIGITS;
    for (int i = 0; good && i < HEX_DIGITS; i++) {
      char digit = text.charAt(i);
      good = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
    }
    if (!good) {
      throw new IllegalArgumentException("not a SHA-256 of 64 hexadecimal digits: " + text);
    }
  }

  private static MessageDigest digest() {
    return digest(Native.PROVIDER);
  }

  /** By this provider, by the JDK's own if null. */
  static MessageDigest digest(@Nullable Provider provider) {
    try {
      return provider == null
          ? MessageDigest.getInstance(ALGORITHM)
          : MessageDigest.getInstance(ALGORITHM, provider);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
