package dev.candles.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A folder like the one that is built, whose program is {@link LauncherEcho}. */
public final class EchoProgram {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));

  private EchoProgram() {}

  /** Writes flags and jar. */
  public static void write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("lib"));
    for (String flags : List.of("run.jvmargs", "long.jvmargs", "tool.jvmargs")) {
      Files.copy(ROOT.resolve("cli/src/main/dist").resolve(flags), folder.resolve(flags));
    }
    jar(folder.resolve("candles.jar"), "one");
  }

  /**
   * Writes the jar.
   *
   * @param content of a text in it
   */
  public static void jar(Path file, String content) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, LauncherEcho.class.getName());
    String name = LauncherEcho.class.getName().replace('.', '/') + ".class";
    ClassLoader loader = LauncherEcho.class.getClassLoader();
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream in = Objects.requireNonNull(loader.getResourceAsStream(name))) {
      jar.putNextEntry(new JarEntry(name));
      in.transferTo(jar);
      jar.putNextEntry(new JarEntry("text"));
      jar.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }
}
