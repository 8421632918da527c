package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RemedyTest {
  private static final String LIBRARY =
      "cannot load a native library in the temporary folder "
          + System.getProperty("java.io.tmpdir");

  static Stream<Arguments> errors() {
    String state = "Could not load the native RocksDB library";
    return Stream.of(
        Arguments.of(new UnsatisfiedLinkError("/tmp/x.so: failed to map"), LIBRARY + ": /tmp/x.so"),
        Arguments.of(
            new NoClassDefFoundError("Could not initialize class org.xerial.snappy.Snappy"),
            LIBRARY + ": Could not initialize"),
        Arguments.of(
            new ExceptionInInitializerError("Cannot unpack libzstd-jni: no space left"),
            LIBRARY + ": Cannot unpack libzstd-jni: no space left"),
        Arguments.of(
            new IOException(state, new IllegalStateException("not found inside JAR")),
            LIBRARY + ": not found inside JAR"),
        Arguments.of(
            new IOException(state, new IOException("x.so: Too many open files")),
            LIBRARY + ": x.so: Too many open files"),
        Arguments.of(
            new IOException(state, new IOException("x.so: Input/output error")),
            LIBRARY + ": x.so: Input/output error"),
        Arguments.of(new OutOfMemoryError("Java heap space"), "out of memory: Java heap space; "),
        Arguments.of(
            new OutOfMemoryError("Cannot reserve 1 bytes of direct buffer memory"),
            "out of memory: Cannot reserve 1 bytes of direct buffer memory; allow more:"
                + " CANDLES_JAVA_OPTS=-XX:MaxDirectMemorySize="),
        Arguments.of(
            new OutOfMemoryError("unable to create native thread: possibly out of memory"),
            "out of memory: unable to create native thread: possibly out of memory; allow more"
                + " threads: TasksMax"),
        Arguments.of(
            new OutOfMemoryError("Compressed class space or Metaspace"),
            "out of memory: Compressed class space or Metaspace; allow more:"
                + " CANDLES_JAVA_OPTS=-XX:MaxMetaspaceSize="),
        Arguments.of(
            new NoClassDefFoundError("org/x/Y"), "a class is missing or of another version: org/x"),
        Arguments.of(new NoSuchMethodError("'void x()'"), "a class is missing or of another "));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorOfTheMachineGetsOneLineHoweverDeepItLies(Throwable error, String line) {
    assertThat(Remedy.of(error).orElseThrow()).startsWith(line).doesNotContain("\n");
    Throwable deep = new RuntimeException("job failed", new IOException("no", error));
    assertThat(Remedy.of(deep)).isEqualTo(Remedy.of(error));
    assertThat(Remedy.of(new SerializedThrowable(deep)).orElseThrow())
        .startsWith(line.substring(0, 20));
  }

  /** What the collector is told does nothing for the process of its daily checks. */
  @Test
  void theVariableOfThisProcessIsNamed() {
    System.setProperty(Remedy.VARIABLE, "CANDLES_QA_JAVA_OPTS");
    try {
      assertThat(Remedy.of(new OutOfMemoryError("Java heap space")).orElseThrow())
          .endsWith("Allow more: CANDLES_QA_JAVA_OPTS=-Xmx1g");
    } finally {
      System.clearProperty(Remedy.VARIABLE);
    }
  }

  /** Of a code 2 no supervisor starts it again, and a disk may have room by then. */
  @Test
  void aLibraryThatAFullDiskKeepsFromBeingUnpackedMayBeTriedAgain() {
    String said = "Cannot unpack libzstd-jni: No space left on device";
    Throwable full = new ExceptionInInitializerError(said);
    assertThat(Remedy.of(full).orElseThrow()).startsWith(LIBRARY + ": " + said);
    assertThat(Remedy.exitCode(full)).isEqualTo(1);
    assertThat(Remedy.exitCode(new UnsatisfiedLinkError("failed to map"))).isEqualTo(2);
  }

  @Test
  void aFaultOfTheProgramKeepsItsStackTrace() {
    assertThat(Remedy.of(new AssertionError("never"))).isEmpty();
    assertThat(Remedy.of(new StackOverflowError())).isEmpty();
    assertThat(Remedy.of(new ExceptionInInitializerError("bad constant"))).isEmpty();
    Throwable full = new IOException("/lake/librocksdbjni.so: No space left on device");
    assertThat(Remedy.of(new IOException("Could not load the native RocksDB library", full)))
        .as("tried again until there is room")
        .isEmpty();
    assertThat(Remedy.of(new IOException("disk full", new RuntimeException()))).isEmpty();
    assertThat(Remedy.of(new NoClassDefFoundError("Could not initialize class dev.candles.X")))
        .isEqualTo(Optional.empty());
  }
}
