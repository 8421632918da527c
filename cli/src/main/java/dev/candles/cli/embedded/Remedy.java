package dev.candles.cli.embedded;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.util.SerializedThrowable;

/**
 * What a person can do about an {@link Error} of the machine: a native library that cannot be
 * loaded, memory that does not do, a class that is missing. Trying again helps against none of
 * them. Anything else is a fault of the program and gets its stack trace.
 */
public final class Remedy {
  /** System property: the name of the variable from which this JVM has flags of the operator's. */
  public static final String VARIABLE = "candles.options";

  private static final int REFUSED = 2;

  /** What a JVM ends with by itself when told to exit of it, as {@code *.jvmargs} do. */
  private static final int OUT_OF_MEMORY = 3;

  private static final String CLASS_FAILED = "Could not initialize class";

  /** Flink's words, whatever the cause was. */
  private static final String STATE_STORE = "Could not load the native RocksDB library";

  /** Where libraries are unpacked and loaded while a class begins. */
  private static final Pattern NATIVE =
      Pattern.compile(
          "(?i).*(native|unpack|zstd|snappy|rocksdb|conscrypt|\\.so\\b|\\.dylib|\\.dll).*");

  private Remedy() {}

  /** One line for {@code failure} or what caused it; empty if no such error is among them. */
  public static Optional<String> of(Throwable failure) {
    for (Throwable cause : Causes.chain(failure)) {
      String said = said(cause);
      if (said.contains(STATE_STORE) && Causes.ofAFullDisk(failure)) {
        return Optional.empty(); // it is unpacked anew with each try
      }
      Optional<String> line =
          said.contains(STATE_STORE)
              ? Optional.of(library(said(Causes.root(cause))))
              : line(name(cause), said);
      if (line.isPresent()) {
        return line;
      }
    }
    return Optional.empty();
  }

  /**
   * What a process ends with because of {@code failure}: 3 for memory that does not do, 1 for a
   * disk without room, which may have some at the next start, else 2.
   */
  public static int exitCode(Throwable failure) {
    if (Causes.ofAFullDisk(failure)) {
      return 1;
    }
    boolean memory = of(failure).filter(line -> line.startsWith("out of memory")).isPresent();
    return memory ? OUT_OF_MEMORY : REFUSED;
  }

  /** The class of an error, also of one that comes from another JVM or class loader as text. */
  static String name(Throwable error) {
    return error instanceof SerializedThrowable text
        ? text.getOriginalErrorClassName()
        : error.getClass().getName();
  }

  /** The first line of its message, without the class that a text begins with. */
  private static String said(Throwable error) {
    String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    String name = name(error) + ": ";
    return message.startsWith(name) ? message.substring(name.length()) : message;
  }

  private static Optional<String> line(String name, String said) {
    return switch (name) {
      case "java.lang.UnsatisfiedLinkError" -> Optional.of(library(said));
      case "java.lang.ExceptionInInitializerError" ->
          Optional.of(said).filter(NATIVE.asMatchPredicate()).map(Remedy::library);
      case "java.lang.OutOfMemoryError" -> Optional.of(memory(said));
      case "java.lang.NoClassDefFoundError" ->
          said.startsWith(CLASS_FAILED)
              ? Optional.of(said).filter(NATIVE.asMatchPredicate()).map(Remedy::library)
              : Optional.of(program(said));
      case "java.lang.NoSuchMethodError",
          "java.lang.NoSuchFieldError",
          "java.lang.AbstractMethodError",
          "java.lang.ClassFormatError",
          "java.lang.IncompatibleClassChangeError",
          "java.lang.UnsupportedClassVersionError" ->
          Optional.of(program(said));
      default -> Optional.empty();
    };
  }

  private static String library(String said) {
    return "cannot load a native library in the temporary folder "
        + TemporaryFolder.current()
        + ": "
        + said
        + "; is it full, read-only or mounted noexec? Name another: "
        + "CANDLES_JAVA_OPTS=-Djava.io.tmpdir=DIR";
  }

  /**
   * A heap that is full ends the JVM before anything is thrown, so what comes here is mostly
   * another limit.
   */
  private static String memory(String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    String remedy;
    if (lower.contains("direct")) {
      remedy = "allow more: " + options() + "=-XX:MaxDirectMemorySize=256m";
    } else if (lower.contains("native thread")) {
      remedy = "allow more threads: TasksMax of its service, or ulimit -u";
    } else if (lower.contains("metaspace")) {
      remedy = "allow more: " + options() + "=-XX:MaxMetaspaceSize=256m";
    } else {
      remedy =
          String.format(
              Locale.ROOT,
              "the heap may have %d MB. Allow more: %s=-Xmx1g",
              Runtime.getRuntime().maxMemory() >> 20,
              options());
    }
    return "out of memory: " + said + "; " + remedy;
  }

  /** The variable from which this JVM has its flags. */
  private static String options() {
    return System.getProperty(VARIABLE, "CANDLES_JAVA_OPTS");
  }

  private static String program(String said) {
    return "a class is missing or of another version: "
        + said
        + "; the program in "
        + System.getProperty("candles.home", "its folder")
        + " is not whole: build or copy it anew";
  }
}
