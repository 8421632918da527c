package dev.candles.cli.classes;

import dev.candles.cli.embedded.ProgramCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The archives beside the program's jar, {@code classes/17/run-0123456789abcdef-98123776.archive}:
 * by version of Java, family, hash of what it was made for, size in bytes. Whoever starts a JVM
 * hands it an archive that is whole, because a JVM dies of one that was cut short; the JVM itself
 * passes over one of another JDK or of other jars, and goes on without. The launcher does the same.
 */
public final class ClassArchives {
  /**
   * Of checksums: 0.03 CPU seconds, and a damaged archive is passed over, of which a JVM may die.
   */
  private static final String VERIFY = "-XX:+VerifySharedSpaces";

  static final String SUFFIX = ".archive";

  private static final String SWITCH = "CANDLES_CLASSES";

  /** The environment of a process that makes no archives, and uses none but what its flags name. */
  public static final Map<String, String> OFF = Map.of(SWITCH, "off");

  /** From here on an archive holds profiles too, and classes that are linked already. */
  private static final int FIRST_WITH_AOT = 25;

  private static final Pattern PLAIN = Pattern.compile("[\\w./@+-]+");
  private static final Pattern NAME =
      Pattern.compile("([a-z]+)-([0-9a-f]{16})-([0-9]{1,18})\\" + SUFFIX);

  private final Path program;
  private final Path folder;
  private final boolean aot;

  /**
   * @param program the folder of the program's jar
   * @param javaVersion of the JVMs that use them
   */
  ClassArchives(Path program, int javaVersion) {
    this.program = program;
    this.folder = program.resolve("classes").resolve(Integer.toString(javaVersion));
    this.aot = javaVersion >= FIRST_WITH_AOT;
  }

  /**
   * Those of this program; empty where a build runs it from folders of classes, which no archive
   * can hold, in a folder whose name a JVM would not find again in an archive (with a space, for
   * example), and where {@code CANDLES_CLASSES} is {@code off}.
   */
  public static Optional<ClassArchives> here() throws IOException {
    Path jar = ProgramCode.here();
    boolean built = Files.isRegularFile(jar.resolveSibling(Family.RUN.label() + ".jvmargs"));
    boolean plain = PLAIN.matcher(jar.toString()).matches();
    boolean none = !built || !plain || System.getenv().entrySet().containsAll(OFF.entrySet());
    return none
        ? Optional.empty()
        : Optional.of(new ClassArchives(jar.resolveSibling(""), Runtime.version().feature()));
  }

  /**
   * What a JVM of this program is started with to use the archive of its family. Nothing if there
   * is none, or none that can be read: it is never missed.
   */
  public static List<String> flagsOf(Family family) {
    try {
      Optional<ClassArchives> archives = here();
      return archives.isPresent() ? archives.get().flags(family) : List.of();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  Path folder() {
    return folder;
  }

  List<String> flags(Family family) throws IOException {
    return of(family).stream()
        .filter(each -> isWhole(each) && isNewer(each))
        .reduce((a, b) -> b)
        .map(this::using)
        .orElse(List.of());
  }

  /** Passes over what does not fit, and is silent about it. */
  private List<String> using(Path archive) {
    return aot
        ? List.of("-XX:AOTCache=" + archive, VERIFY, "-Xlog:aot*=off,cds*=off,class+path=off")
        : List.of("-XX:SharedArchiveFile=" + archive, VERIFY, "-Xlog:cds*=off,class+path=off");
  }

  /** Ends where the archive cannot be used, also where it is damaged. */
  List<String> insisting(Path archive) {
    return aot
        ? List.of("-XX:AOTCache=" + archive, VERIFY, "-XX:AOTMode=on")
        : List.of("-XX:SharedArchiveFile=" + archive, VERIFY, "-Xshare:on");
  }

  /** Writes an archive when the JVM ends. */
  public List<String> recording(Path archive) {
    return List.of((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
  }

  /** What an archive is called once it is whole. */
  Path name(Family family, String key, long bytes) {
    return folder.resolve(family.label() + "-" + key + "-" + bytes + SUFFIX);
  }

  /** One that was made for this and is as long as it was. */
  Optional<Path> find(Family family, String key) throws IOException {
    return of(family).stream()
        .filter(each -> isWhole(each) && name(each).startsWith(family.label() + "-" + key + "-"))
        .findFirst();
  }

  /** All of a family, whole or not, by name. */
  List<Path> of(Family family) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(each -> matcher(each).matches() && name(each).startsWith(family.label() + "-"))
          .sorted()
          .toList();
    }
  }

  /** Than jar and libraries: JDK 25 compares sizes of jars, not their times. */
  private boolean isNewer(Path archive) {
    try {
      FileTime made = Files.getLastModifiedTime(archive);
      return made.compareTo(Files.getLastModifiedTime(program.resolve("candles.jar"))) > 0
          && made.compareTo(Files.getLastModifiedTime(program.resolve("lib"))) > 0;
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether it is as long as it was when it got its name. */
  static boolean isWhole(Path archive) {
    Matcher name = matcher(archive);
    try {
      return name.matches()
          && Files.isReadable(archive)
          && Files.size(archive) == Long.parseLong(name.group(3));
    } catch (IOException gone) {
      return false;
    }
  }

  private static Matcher matcher(Path archive) {
    return NAME.matcher(name(archive));
  }

  private static String name(Path archive) {
    return String.valueOf(archive.getFileName());
  }
}
